"""Teaching the classifier from labelled papers; needs scikit-learn, which using it does not."""
