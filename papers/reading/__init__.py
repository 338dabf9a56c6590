"""Understanding papers: bullets, classifications, links."""
