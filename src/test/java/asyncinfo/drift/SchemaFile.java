package asyncinfo.drift;

import asyncinfo.contract.Api;
import java.util.Locale;

/** The files that hold the content of a page, in the folder of its API. */
enum SchemaFile {
  /** Sections 1 and 4, title and date. */
  API,
  /** Section 2. */
  REQUEST,
  /** Section 3. */
  SUCCESS,
  /** Section 6. */
  ERROR;

  /** Its path, from the root of the project. */
  String of(Api api) {
    return "schemas/" + in(api);
  }

  /** Its path under {@code schemas/}. */
  String in(Api api) {
    String name = name().toLowerCase(Locale.ROOT) + (this == API ? "" : ".schema");
    return "%s/%s.json".formatted(api.folder(), name);
  }
}
