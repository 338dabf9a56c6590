"""What a request's body may hold: Discord's limits as models, Discord's words for what is over them."""
