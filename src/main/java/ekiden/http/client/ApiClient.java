package ekiden.http.client;

import ekiden.base.HostPort;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the API of the process that runs on a home. Looks for it anew with each request. Immutable; safe from any thread. */
public final class ApiClient {
    private static final String UNRESERVED = "-._~";
    private static final byte[] NOTHING = {};

    private final Path tokenFile;
    private final Path addressFile;
    private final ClientSettings settings;

    /**
     * @param tokenFile the home's token
     * @param addressFile the file in which the process says where it listens
     * @param settings language, deadlines
     */
    public ApiClient(Path tokenFile, Path addressFile, ClientSettings settings) {
        this.tokenFile = tokenFile;
        this.addressFile = addressFile;
        this.settings = settings;
    }

    /**
     * Percent-encodes a part of a path or a value of a query (RFC 3986 §2.1).
     *
     * @param text any text
     * @return only unreserved characters and percent signs
     */
    public static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    /**
     * @param path behind {@code /api/v1}, encoded, with its query
     * @return the answer
     */
    public Answer get(String path) {
        return ask("GET", path, NOTHING, null, Duration.ZERO);
    }

    /**
     * Asks for something that may take its time.
     *
     * @param path behind {@code /api/v1}, encoded, with its query
     * @param wait how much longer than usual the answer may take
     * @return the answer
     */
    public Answer get(String path, Duration wait) {
        return ask("GET", path, NOTHING, null, wait);
    }

    /**
     * @param path behind {@code /api/v1}, encoded, with its query
     * @param into takes the body of a good answer, of any length
     * @return the answer, without the body where it is good
     */
    public Answer get(String path, OutputStream into) {
        return ask("GET", path, NOTHING, into, Duration.ZERO);
    }

    /**
     * @param path behind {@code /api/v1}, encoded
     * @param body a record or map, sent as JSON; an empty map for none
     * @param wait how much longer than usual the answer may take
     * @return the answer
     */
    public Answer post(String path, Object body, Duration wait) {
        return ask("POST", path, Json.write(body).getBytes(StandardCharsets.UTF_8), null, wait);
    }

    /**
     * @param path behind {@code /api/v1}, encoded
     * @return the answer
     */
    public Answer delete(String path) {
        return ask("DELETE", path, NOTHING, null, Duration.ZERO);
    }

    private Answer ask(String method, String path, byte[] body, @Nullable OutputStream into, Duration wait) {
        return switch (Found.of(tokenFile, addressFile)) {
            case Found.Missing(ApiProblem problem) -> new Answer.Bad(List.of(problem));
            case Found.Running running -> {
                String head = head(method, path, body.length, running);
                yield exchange(running.address(), head, body, into, wait);
            }
        };
    }

    private String head(String method, String path, int length, Found.Running running) {
        return method + " /api/v1" + path + " HTTP/1.1\r\n"
                + "Host: " + running.address() + "\r\n"
                + "Authorization: Bearer " + running.token() + "\r\n"
                + "Accept-Language: " + settings.language().getLanguage() + "\r\n"
                + (length > 0 ? "Content-Type: application/json\r\nContent-Length: " + length + "\r\n" : "")
                + "Connection: close\r\n\r\n";
    }

    private Answer exchange(HostPort to, String head, byte[] body, @Nullable OutputStream into, Duration wait) {
        boolean sent = false;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(to.host(), to.port()), (int)
                    settings.connect().toMillis());
            socket.setSoTimeout((int) settings.silence().plus(wait).toMillis());
            socket.setTcpNoDelay(true);
            Wire wire = new Wire(socket);
            sent = true;
            wire.send(head, body);
            Wire.Head answer = wire.head();
            if (answer.status() >= 200 && answer.status() < 300 && into != null) {
                wire.body(answer, into);
                return new Answer.Good(answer.status(), answer.headers(), "");
            }
            return read(to, answer, wire.body(answer, settings.answer()));
        } catch (Wire.NotHttp foreign) {
            return bad(ClientMessage.NOT_EKIDEN, "address", to, "reason", Reason.of(foreign));
        } catch (SocketTimeoutException late) {
            return sent
                    ? bad(
                            ClientMessage.SILENT,
                            "address",
                            to,
                            "seconds",
                            settings.silence().plus(wait).toSeconds())
                    : bad(ClientMessage.NOT_REACHABLE, "address", to, "reason", Reason.of(late));
        } catch (IOException lost) {
            return sent
                    ? bad(ClientMessage.LOST, "address", to, "reason", Reason.of(lost))
                    : bad(ClientMessage.NOT_REACHABLE, "address", to, "reason", Reason.of(lost));
        }
    }

    private static Answer bad(ClientMessage message, Object... values) {
        return new Answer.Bad(List.of(ApiProblem.own(message, values)));
    }

    /** A problem as the API writes it. */
    private record Told(
            @Nullable String id,
            @Nullable String kind,
            @Nullable Map<String, String> values,
            @Nullable String text,
            @Nullable String cause,
            @Nullable String next,
            @Nullable Integer exit) {}

    private record ToldAll(@Nullable List<Told> problems) {}

    private static Answer read(HostPort from, Wire.Head head, byte[] bytes) {
        String body = new String(bytes, StandardCharsets.UTF_8);
        if (head.status() >= 200 && head.status() < 300) {
            return new Answer.Good(head.status(), head.headers(), body);
        }
        try {
            List<Told> told = Json.read(body, ToldAll.class).problems();
            if (told == null || told.isEmpty()) {
                return bad(ClientMessage.NOT_EKIDEN, "address", from, "reason", "status " + head.status());
            }
            List<ApiProblem> problems = new ArrayList<>();
            told.forEach(one -> problems.add(problem(one)));
            return new Answer.Bad(problems);
        } catch (Json.Unreadable foreign) {
            return bad(ClientMessage.NOT_EKIDEN, "address", from, "reason", "status " + head.status());
        }
    }

    private static ApiProblem problem(Told told) {
        Problem problem = new Problem(
                Objects.requireNonNullElse(told.id(), "?"),
                kind(told.kind()),
                Objects.requireNonNullElse(told.values(), Map.of()));
        return new ApiProblem(
                problem,
                told.text(),
                Objects.requireNonNullElse(told.cause(), ""),
                Objects.requireNonNullElse(told.next(), ""),
                told.exit());
    }

    private static MessageId.Kind kind(@Nullable String word) {
        for (MessageId.Kind kind : MessageId.Kind.values()) {
            if (kind.name().equals(word)) {
                return kind;
            }
        }
        return MessageId.Kind.PERMANENT;
    }
}
