"""The process: settings, client, publisher, alarm clock, command line, wiring."""
