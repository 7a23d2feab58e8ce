"""Messages of any size: cut between MeterReadings, judged piece by piece, and told as a whole."""
