"""What people do with a bot: commands, components and forms, and how the bot answers them."""
