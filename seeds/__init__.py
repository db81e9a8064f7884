"""Five Arabic reports on strikes and civilian deaths in Syria, 2017 to 2019, with reviewed English for every line."""
