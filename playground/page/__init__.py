"""The page of the playground: what people see of it in a browser."""
