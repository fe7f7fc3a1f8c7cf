package asyncinfo.drift;

import java.util.List;

/** A column of a table, and the tables of a page as lists of columns. */
enum Column {
  NAME,
  REQUIRED,
  TYPE,
  DESCRIPTION,
  CODE;

  /** The input table (section 2), and the table of a structure that requests have. */
  static final List<Column> INPUT = List.of(NAME, REQUIRED, TYPE, DESCRIPTION);

  /** The input table with its columns in another order. */
  static final List<Column> INPUT_TYPE_FIRST = List.of(NAME, TYPE, REQUIRED, DESCRIPTION);

  /** The output table (section 3), and the table of a structure that responses have. */
  static final List<Column> OUTPUT = List.of(NAME, TYPE, DESCRIPTION);

  /** The table of error codes (section 6). */
  static final List<Column> ERROR = List.of(CODE, DESCRIPTION);

  /** The table of error codes without a description. */
  static final List<Column> ERROR_CODES = List.of(CODE);
}
