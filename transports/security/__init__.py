"""How messages and connections are protected: TLS, WS-Security, OAuth. Nothing here decides who has to use which."""
