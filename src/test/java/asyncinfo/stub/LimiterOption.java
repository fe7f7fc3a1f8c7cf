package asyncinfo.stub;

import asyncinfo.contract.Limit;
import asyncinfo.ratelimit.LimiterModel;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Selects the limiter of a stub: the documented one, one with another number, or another model.
 *
 * @param name describes it in one line
 * @param requests another number of requests per period than documented; empty for the same
 * @param models returns the model for a documented limit
 * @param phase the offset of the model's clock as a share of its period, from 0 to 1
 * @param mayDelay whether it may delay calls, each of which then occupies a thread of the server
 */
public record LimiterOption(
    String name,
    OptionalInt requests,
    Function<Limit, LimiterModel> models,
    double phase,
    boolean mayDelay) {
  /** The documented limit of each API. */
  public static final LimiterOption DOCUMENTED =
      new LimiterOption(
          "as documented",
          OptionalInt.empty(),
          limit -> LimiterModel.documented(limit.requests(), limit.seconds()),
          0,
          false);

  private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9-]*)(?:@(0?\\.\\d{1,3}))?");

  /** Returns the documented model with another number of requests per period; 0 for no limit. */
  public static LimiterOption of(int requests) {
    return requests == 0
        ? new LimiterOption("none", OptionalInt.empty(), limit -> named("none", limit), 0, false)
        : new LimiterOption(
            requests + " requests per period",
            OptionalInt.of(requests),
            limit -> LimiterModel.documented(requests, limit.seconds()),
            0,
            false);
  }

  /** Returns another model for all APIs, which may delay calls. */
  public static LimiterOption of(LimiterModel model) {
    return new LimiterOption(model.name(), OptionalInt.empty(), limit -> model, 0, true);
  }

  /**
   * Parses an option of settings and command line: {@code 25}, {@code none}, {@code sliding-log},
   * {@code fixed@0.5}.
   *
   * @throws IllegalArgumentException with the list of valid names
   */
  public static LimiterOption parse(String text) {
    if (text.equals("none")) {
      return of(0);
    }
    if (text.matches("[1-9]\\d{0,8}")) {
      return of(Integer.parseInt(text));
    }
    Matcher name = NAME.matcher(text);
    if (name.matches() && LimiterModel.named(name.group(1), 20, 1).isPresent()) {
      String model = name.group(1);
      double phase = name.group(2) == null ? 0 : Double.parseDouble(name.group(2));
      return new LimiterOption(
          text, OptionalInt.empty(), limit -> named(model, limit), phase, true);
    }
    throw new IllegalArgumentException(
        "\"%s\" is neither a positive number nor none nor a kind of limiter: %s"
            .formatted(
                text,
                LimiterModel.all(20, 1).stream()
                    .map(LimiterModel::name)
                    .filter(model -> !model.equals("none"))
                    .collect(Collectors.joining(", "))));
  }

  private static LimiterModel named(String name, Limit limit) {
    return LimiterModel.named(name, limit.requests(), limit.seconds()).orElseThrow();
  }

  /** Returns the number of requests per period that error messages name. */
  int requests(Limit documented) {
    return requests.orElse(documented.requests());
  }

  @Override
  public String toString() {
    return name;
  }
}
