"""Where the page's templates are."""

from jinja2 import Environment, PackageLoader, StrictUndefined

ENVIRONMENT = Environment(
    loader=PackageLoader("playground.page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
