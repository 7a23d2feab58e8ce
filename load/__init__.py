"""The same messages in crowds: Locust's users, and the gate on what they measured."""
