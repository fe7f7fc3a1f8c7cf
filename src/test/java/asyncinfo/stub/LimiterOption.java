package asyncinfo.stub;

import asyncinfo.contract.Limit;
import asyncinfo.ratelimit.LimiterModel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which limiter a stub has: the documented one, one that differs in its number, or a kind by its
 * name.
 *
 * @param requests another number of requests for each period, 0 for no limit; empty for the
 *     documented one
 * @param kind the name of a kind of limiter; empty for the documented kind
 * @param phase by how much of its period the clock of a kind is off, from 0 to 1
 */
public record LimiterOption(Optional<Integer> requests, Optional<String> kind, double phase) {
  /** As each API documents it. */
  public static final LimiterOption DOCUMENTED =
      new LimiterOption(Optional.empty(), Optional.empty(), 0);

  private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9-]*)(?:@(0?\\.\\d{1,3}))?");

  /** Another number of requests, or none at 0. */
  public static LimiterOption of(int requests) {
    return new LimiterOption(Optional.of(requests), Optional.empty(), 0);
  }

  /**
   * Reads a choice as settings and the command line spell it: {@code 25}, {@code none}, {@code
   * sliding-log}, {@code fixed@0.5}.
   *
   * @throws IllegalArgumentException with what can be chosen
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
      double phase = name.group(2) == null ? 0 : Double.parseDouble(name.group(2));
      return new LimiterOption(Optional.empty(), Optional.of(name.group(1)), phase);
    }
    throw new IllegalArgumentException(
        "\"%s\" is neither a positive number nor none nor a kind of limiter: %s"
            .formatted(
                text,
                LimiterModel.all(20, 1).stream()
                    .map(LimiterModel::name)
                    .filter(kind -> !kind.equals("none"))
                    .collect(Collectors.joining(", "))));
  }

  /** The limit that is enforced in the place of a documented one, where no kind is named. */
  Limit limit(Limit documented) {
    return requests.map(n -> new Limit(n, documented.seconds())).orElse(documented);
  }

  /** The kind for a documented limit, where one is named. */
  Optional<LimiterModel> kind(Limit documented) {
    return kind.flatMap(
        name -> LimiterModel.named(name, documented.requests(), documented.seconds()));
  }

  @Override
  public String toString() {
    return kind.map(name -> phase == 0 ? name : name + "@" + phase)
        .or(() -> requests.map(n -> n == 0 ? "none" : n + " requests per period"))
        .orElse("as documented");
  }
}
