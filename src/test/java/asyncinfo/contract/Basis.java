package asyncinfo.contract;

import java.util.Locale;

/** The kind of source that a clause rests on, and so the weight of an endpoint's difference. */
public enum Basis {
  /** The page of the API makes the promise. */
  PAGE,
  /** A public page of API 3.0 makes the promise, for every action. */
  DOCUMENTED,
  /** Responses, SDKs or error templates show the behaviour; no page promises it. */
  OBSERVED;

  /** Returns the name that data files and reports use, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the basis of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Basis of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Returns whether a page promises the clause, so that an endpoint can break it. */
  public boolean isPromised() {
    return this != OBSERVED;
  }
}
