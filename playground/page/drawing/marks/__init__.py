"""What Discord's Markdown knows, one idea a file; each is a plugin of markdown-it.

Discord reads a text from left to right and tries every mark at every place, also the marks that begin a line. So all
marks here are inline rules, and a list or a quote is read within a bold text as well as beside it.

Source of the syntax: Discord's help pages ("Markdown Text 101", "Spoiler Tags") and developer docs ("Message
Formatting"). The finer points (which of two marks wins, where a list ends) are how the client behaves, which is
written down nowhere.
"""
