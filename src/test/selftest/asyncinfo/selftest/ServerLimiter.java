package asyncinfo.selftest;

import asyncinfo.ratelimit.LimiterModel.Compliance;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rate limiters of HTTP servers and of Node.js packages, configured for 20 requests per second.
 * Compliance follows from the documentation of each, not from our verdict; {@link ServerLimiterIT}
 * verifies the documented behaviour before it judges.
 */
enum ServerLimiter {
  /** One call and 19 more at once, then one each 50 ms (nginx, "limit_req", burst and nodelay). */
  NGINX_BURST_19(Compliance.COMPLIANT_WITH_REMARK, 20, Program.NGINX, "burst=19 nodelay"),
  /** The burst comes on top of the rate: 21 at once. */
  NGINX_BURST_20(Compliance.WRONG, 21, Program.NGINX, "burst=20 nodelay"),
  /** One call each 50 ms, so that the second of two calls at once is refused. */
  NGINX_WITHOUT_BURST(Compliance.WRONG, 1, Program.NGINX, ""),
  /**
   * One call, and 40 that wait for their turn, 50 ms apart (nginx, "limit_req", without nodelay).
   */
  NGINX_QUEUE(Compliance.WRONG, 41, Program.NGINX, "burst=40"),
  /**
   * Counts all requests of the last second, refused ones too; the second before counts in
   * proportion (HAProxy, "http_req_rate").
   */
  HAPROXY_REQUESTS(
      Compliance.COMPLIANT_WITH_REMARK, 20, Program.HAPROXY, "sc_http_req_rate(0) gt 20"),
  /** The same, and counts accepted requests only. */
  HAPROXY_ACCEPTED(Compliance.COMPLIANT_WITH_REMARK, 20, Program.HAPROXY, "sc_gpc0_rate(0) ge 20"),
  /** 20 requests in a second from the first on (README of the package, "windowMs"). */
  EXPRESS_RATE_LIMIT(Compliance.COMPLIANT, 20, Program.NODE, "express-rate-limit"),
  /** 20 requests in a second from the first on (README of the package, "timeWindow"). */
  FASTIFY_RATE_LIMIT(Compliance.COMPLIANT, 20, Program.NODE, "@fastify/rate-limit"),
  /** 20 points in a second from the first on (wiki of the package, "duration"). */
  RATE_LIMITER_FLEXIBLE(Compliance.COMPLIANT, 20, Program.NODE, "rate-limiter-flexible"),
  /** Beside it 10 points for bursts each 10 s (wiki of the package, "BurstyRateLimiter"). */
  RATE_LIMITER_FLEXIBLE_BURSTY(Compliance.WRONG, 30, Program.NODE, "rate-limiter-flexible bursty");

  /** A program that runs limiters, and its configuration. */
  private enum Program {
    NGINX("nginx", "limiter-nginx.conf", "-e", "stderr", "-c"),
    HAPROXY("haproxy", "limiter-haproxy.cfg", "-f"),
    NODE("node", "limiter.js");

    private final String command;
    private final String configuration;
    private final ImmutableList<String> options;

    Program(String command, String configuration, String... options) {
      this.command = command;
      this.configuration = configuration;
      this.options = ImmutableList.copyOf(options);
    }
  }

  private final Compliance compliance;
  private final int accepts;
  private final Program program;
  private final String limit;

  ServerLimiter(Compliance compliance, int accepts, Program program, String limit) {
    this.compliance = compliance;
    this.accepts = accepts;
    this.program = program;
    this.limit = limit;
  }

  /** Returns whether 20 calls per second get through, and no more. */
  boolean compliant() {
    return compliance != Compliance.WRONG;
  }

  /** Returns how many calls at once it accepts after a long rest, delayed ones too. */
  int accepts() {
    return accepts;
  }

  /** Returns what is missing to run it; empty if it can run. */
  Optional<String> missing() throws IOException, InterruptedException {
    Optional<Path> installed = ProcessFront.program(program.command);
    if (installed.isEmpty()) {
      return Optional.of(program.command + " is not installed");
    }
    String module = limit.replaceFirst(" .*", "");
    return program != Program.NODE || resolves(installed.get(), module)
        ? Optional.empty()
        : Optional.of("no package " + module + " in NODE_PATH");
  }

  private static boolean resolves(Path node, String module)
      throws IOException, InterruptedException {
    return new ProcessBuilder(node.toString(), "-e", "require.resolve('%s')".formatted(module))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** Starts it before an endpoint, with a directory for its files. */
  ProcessFront start(Path directory, URI upstream) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(ProcessFront.program(program.command).orElseThrow().toString()),
                program.options.stream())
            .toList();
    return ProcessFront.start(directory, upstream, program.configuration, command, limit);
  }
}
