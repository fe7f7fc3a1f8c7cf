package asyncinfo.selftest;

import asyncinfo.contract.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A page in a headless Chromium, spoken to by its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 60;

  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final List<String> errors = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  /** Where Chromium is on this machine, if it is. */
  static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .flatMap(folder -> Stream.of("chromium", "chromium-browser").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a browser with an empty profile. */
  Chromium(Path binary) throws IOException, InterruptedException {
    this.profile = Files.createTempDirectory("chromium");
    process =
        new ProcessBuilder(
                binary.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    HttpClient http = HttpClient.newHttpClient();
    String opened =
        http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/json/new"))
                    .PUT(BodyPublishers.noBody())
                    .build(),
                BodyHandlers.ofString())
            .body();
    socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create(Json.read(opened).path("webSocketDebuggerUrl").asString()),
                new Listener())
            .join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  private String port() throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Pattern listening = Pattern.compile("DevTools listening on ws://127\\.0\\.0\\.1:(\\d+)/");
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher found = listening.matcher(line);
      if (found.find()) {
        Thread drain = new Thread(() -> drain(said), "chromium");
        drain.setDaemon(true);
        drain.start();
        return found.group(1);
      }
    }
    throw new IOException("chromium did not start");
  }

  private static void drain(BufferedReader said) {
    try {
      while (said.readLine() != null) {
        // Nobody needs it; but a full pipe would stop the browser.
      }
    } catch (IOException e) {
      // The browser is gone, and so is what it had to say.
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        messages.add(Json.readLeniently(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** Opens a page and waits until it is loaded. */
  void open(URI page) throws InterruptedException {
    errors.clear();
    requests.clear();
    call("Page.navigate", Map.of("url", page.toString()));
    while (!take().path("method").asString("").equals("Page.loadEventFired")) {
      // What else there is to note, take() notes.
    }
  }

  /** As wide as this, in a scheme of {@code light} or {@code dark}, for {@code screen} or print. */
  void show(int width, int height, String scheme, String media) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The value of an expression in the page. */
  JsonNode evaluate(String expression) throws InterruptedException {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value");
  }

  /** Types into whatever has the focus. */
  void type(String text) throws InterruptedException {
    call("Input.insertText", Map.of("text", text));
  }

  /** A picture of the page, from the top as far as it is shown, or all of it. */
  void picture(Path file, boolean whole) throws InterruptedException, IOException {
    JsonNode shot =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole));
    Files.write(file, Base64.getDecoder().decode(shot.path("data").asString()));
  }

  /** The page on A4 paper. */
  void print(Path file) throws InterruptedException, IOException {
    JsonNode pdf =
        call(
            "Page.printToPDF",
            Map.of("paperWidth", 8.27, "paperHeight", 11.69, "printBackground", true));
    Files.write(file, Base64.getDecoder().decode(pdf.path("data").asString()));
  }

  /** Errors and warnings of the console since the page was opened. */
  List<String> errors() throws InterruptedException {
    evaluate("1"); // What was said before the answer has come by then.
    return List.copyOf(errors);
  }

  /** What the page asked for, itself included. */
  List<String> requests() throws InterruptedException {
    evaluate("1");
    return List.copyOf(requests);
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws InterruptedException {
    int id = ids.incrementAndGet();
    socket
        .sendText(
            Json.mapper()
                .writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
            true)
        .join();
    while (true) {
      JsonNode message = take();
      if (message.path("id").asInt(0) == id) {
        if (message.has("error")) {
          throw new IllegalStateException(method + ": " + message.path("error"));
        }
        return message.path("result");
      }
    }
  }

  private JsonNode take() throws InterruptedException {
    JsonNode message = messages.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new IllegalStateException("chromium says nothing");
    }
    JsonNode parameters = message.path("params");
    switch (message.path("method").asString("")) {
      case "Network.requestWillBeSent" ->
          requests.add(parameters.path("request").path("url").asString());
      case "Runtime.exceptionThrown" -> errors.add(parameters.toString());
      case "Runtime.consoleAPICalled" -> errors.add(parameters.toString());
      case "Log.entryAdded" -> errors.add(parameters.toString());
      default -> {
        // Nothing that matters here.
      }
    }
    return message;
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    forgetProfile();
  }

  /** What the browser still writes while it ends may stay. */
  private void forgetProfile() {
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      profile.toFile().deleteOnExit();
    }
  }
}
