package asyncinfo.drift;

/** The sections of a page, which clause ids count in the same way. */
enum Section {
  DESCRIPTION(1),
  INPUT(2),
  OUTPUT(3),
  EXAMPLE(4),
  RESOURCES(5),
  ERROR(6);

  private final int number;

  Section(int number) {
    this.number = number;
  }

  /** Its number on the page. */
  int number() {
    return number;
  }

  /** Returns whether it describes the API. */
  boolean needed() {
    return this != RESOURCES;
  }
}
