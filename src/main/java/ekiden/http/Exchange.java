package ekiden.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import ekiden.base.LazyLogger;
import ekiden.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** One request and its answer, on the thread of its connection. */
final class Exchange {
    private static final Logger LOG = LazyLogger.of(Exchange.class);
    private static final int PIECE = 64 * 1024;

    private final HttpExchange http;
    private final Router router;
    private final Guard guard;
    private final Answers answers;
    private final int bodyLimit;

    Exchange(HttpExchange http, Router router, Guard guard, Answers answers, int bodyLimit) {
        this.http = http;
        this.router = router;
        this.guard = guard;
        this.answers = answers;
        this.bodyLimit = bodyLimit;
    }

    void serve() throws IOException {
        Locale language = Language.of(http.getRequestHeaders().getFirst("Accept-Language"));
        try {
            send(answer(language), language);
        } catch (Refusal refusal) {
            if (refusal.status() >= 400 && refusal.status() != 404) {
                http.getResponseHeaders().set("Connection", "close");
            }
            send(answers.problems(refusal, language), language);
        }
    }

    /** Refuses without looking at anything but the place it comes from. */
    void refuse(Refusal refusal) throws IOException {
        Locale language = Language.of(http.getRequestHeaders().getFirst("Accept-Language"));
        http.getResponseHeaders().set("Connection", "close");
        send(answers.problems(refusal, language), language);
    }

    private Response answer(Locale language) throws IOException {
        Headers headers = http.getRequestHeaders();
        guard.place(headers);
        String path = http.getRequestURI().getRawPath();
        boolean open = router.routes().stream()
                .anyMatch(route -> route.open() && route.template().equals(path));
        if (!open) {
            guard.token(headers);
        }
        Router.Found found = router.find(http.getRequestMethod(), path);
        Request request = new Request(
                http.getRequestMethod(),
                path,
                found.parts(),
                Paths.query(http.getRequestURI().getRawQuery()),
                body(headers),
                language);
        return carryOut(found.route(), request);
    }

    private static Response carryOut(Route route, Request request) {
        try {
            return route.answer().apply(request);
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "route " + route.method() + " " + route.template() + " ended by a bug", bug);
            throw Refusal.of(ApiMessage.BUG, "route", route.method() + " " + route.template());
        }
    }

    private String body(Headers headers) throws IOException {
        String declared = Objects.requireNonNullElse(headers.getFirst("Content-Length"), "0");
        if (declared.length() > 10 || Long.parseLong(declared) > bodyLimit) {
            throw Refusal.of(ApiMessage.TOO_LARGE, "limit", bodyLimit);
        }
        byte[] body = http.getRequestBody().readNBytes(bodyLimit + 1);
        if (body.length > bodyLimit) {
            throw Refusal.of(ApiMessage.TOO_LARGE, "limit", bodyLimit);
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private void send(Response response, Locale language) throws IOException {
        Headers headers = http.getResponseHeaders();
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
        headers.set("Content-Language", language.getLanguage());
        switch (response) {
            case Response.Value(int status, Object value) ->
                send(status, "application/json", Json.write(value).getBytes(StandardCharsets.UTF_8));
            case Response.Text(String type, String text) -> send(200, type, text.getBytes(StandardCharsets.UTF_8));
            case Response.Bytes bytes -> sendBytes(bytes);
        }
    }

    private void send(int status, String type, byte[] body) throws IOException {
        http.getResponseHeaders().set("Content-Type", type);
        http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = http.getResponseBody()) {
            out.write(body);
        }
    }

    private void sendBytes(Response.Bytes bytes) throws IOException {
        try (StoredBytes.Piece piece = bytes.piece()) {
            bytes.headers().forEach((name, value) -> http.getResponseHeaders().put(name, List.of(value)));
            http.getResponseHeaders().set("Content-Type", bytes.type());
            http.sendResponseHeaders(200, bytes.length() == 0 ? -1 : bytes.length());
            if (bytes.length() > 0) {
                copy(piece, bytes.offset(), bytes.length());
            }
        }
    }

    private void copy(StoredBytes.Piece piece, long offset, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        try (OutputStream out = http.getResponseBody()) {
            long sent = 0;
            while (sent < length) {
                buffer.clear().limit((int) Math.min(PIECE, length - sent));
                int read = piece.readAt(offset + sent, buffer);
                if (read < 0) {
                    throw new IOException("the stored bytes became fewer while they were sent");
                }
                out.write(buffer.array(), 0, read);
                sent += read;
            }
        }
    }
}
