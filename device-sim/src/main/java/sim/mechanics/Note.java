package sim.mechanics;

/// One banknote, the same object wherever it goes; `home` is the unit it was loaded into.
public record Note(int id, Denomination note, String home) {}
