package asyncinfo.drift;

/** How much a difference matters; the order is that of the output. */
enum Severity {
  /** Something that {@code schemas/} promise is promised no longer, or otherwise. */
  BREAKING,
  /** Something is promised that {@code schemas/} do not know. */
  ADDED,
  /** Other words for the same promises. */
  WORDING;

  /** Whether a difference of this grade ends the build. */
  boolean red() {
    return this != WORDING;
  }
}
