package asyncinfo.drift;

/** The weight of a difference; the order is that of the output. */
enum Severity {
  /** Something that {@code schemas/} promise is promised no longer, or otherwise. */
  BREAKING,
  /** Something is promised that {@code schemas/} do not know. */
  ADDED,
  /** Other words for the same promises. */
  WORDING;

  /** Returns whether a difference of this severity ends the build. */
  boolean red() {
    return this != WORDING;
  }
}
