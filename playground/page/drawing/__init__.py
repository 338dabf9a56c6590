"""What the playground holds as HTML: messages, posts and forms, Markdown included."""
