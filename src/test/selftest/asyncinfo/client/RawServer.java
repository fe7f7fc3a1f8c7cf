package asyncinfo.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of raw sockets: keeps each request byte for byte and answers with given bytes. */
public final class RawServer implements AutoCloseable {
  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

  /** Writes the response to a request. */
  public interface Answer {
    void to(Socket client) throws IOException;
  }

  private final LoopbackServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** Starts a server that does the same with each request. */
  public RawServer(Answer answer) {
    server =
        new LoopbackServer(
            client -> {
              requests.add(read(client.getInputStream()));
              answer.to(client);
            });
  }

  /** Answers with this text and closes the connection. */
  public static Answer text(String response) {
    return client -> {
      client.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
      client.close();
    };
  }

  /** Answers with a status, headers and a body. */
  public static Answer response(String status, String header, String body) {
    return text(
        String.join(
            "\r\n",
            "HTTP/1.1 " + status,
            header,
            "Content-Length: " + body.length(),
            "Connection: close",
            "",
            body));
  }

  /** A reply of 200 with a JSON body. */
  public static Answer ok(String body) {
    return response("200 OK", "Content-Type: application/json", body);
  }

  /** Resets the connection without a word. */
  public static Answer reset() {
    return client -> {
      client.setSoLinger(true, 0);
      client.close();
    };
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Each request as it arrived, bytes as Latin-1 characters. */
  public List<String> requests() {
    return requests;
  }

  private static String read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    int missing = Integer.MAX_VALUE;
    while (missing > 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
      missing--;
      if (text.toString().endsWith("\r\n\r\n") && missing > 1 << 24) {
        Matcher length = CONTENT_LENGTH.matcher(text);
        missing = length.find() ? Integer.parseInt(length.group(1)) : 0;
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
