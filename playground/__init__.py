"""A Discord of one's own: REST and gateway on loopback. It knows none of the other packages."""
