"""The nouns that everyone speaks: frozen values, codes, wire names, dialects, ports, errors. No I/O."""
