package ekiden.testing;

import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import ekiden.testing.imap.ServerScram;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One conversation of a {@link ScriptedSmtpServer}. */
final class ScriptedSmtpSession {
    private static final Logger LOG = System.getLogger(ScriptedSmtpSession.class.getName());
    /** So much of the content comes before a rule for {@link Step#BODY} acts. */
    private static final int BODY_BEGUN = 16 * 1024;

    private final ScriptedSmtpServer server;
    private final Socket raw;
    private Socket socket;
    private InputStream in;
    private String sender = "";
    private final List<String> recipients = new ArrayList<>();
    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    private boolean begun;
    private boolean over;

    ScriptedSmtpSession(ScriptedSmtpServer server, Socket socket) throws IOException {
        this.server = server;
        this.raw = socket;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setTcpNoDelay(true);
    }

    void run() throws IOException {
        SSLContext tls = server.tls();
        if (tls != null && server.implicitTls()) {
            encrypt(tls);
        }
        answer(Step.GREETING, "", "220 scripted.example ESMTP");
        while (!over) {
            String line = line();
            server.heard(line);
            String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            command(verb, line);
        }
    }

    private void command(String verb, String line) throws IOException {
        switch (verb) {
            case "EHLO" -> answer(Step.EHLO, line, extensions());
            case "HELO" -> answer(Step.HELO, line, "250 scripted.example");
            case "STARTTLS" -> startTls(line);
            case "AUTH" -> auth(line);
            case "MAIL" -> {
                recipients.clear();
                chunks.reset();
                sender = path(line);
                begun = answer(Step.MAIL, line, "250 2.1.0 Ok");
            }
            case "RCPT" -> rcpt(line);
            case "DATA" -> data(line);
            case "BDAT" -> chunk(line);
            case "RSET" -> answer(Step.RSET, line, "250 2.0.0 Ok");
            case "NOOP" -> answer(Step.NOOP, line, "250 2.0.0 Ok");
            case "QUIT" -> {
                answer(Step.QUIT, line, "221 2.0.0 Bye");
                over = true;
            }
            default -> say("500 5.5.2 what?");
        }
    }

    private String extensions() {
        List<String> lines = new ArrayList<>(List.of("scripted.example"));
        lines.addAll(server.offers());
        if (server.tls() != null && !(socket instanceof SSLSocket)) {
            lines.add("STARTTLS");
        }
        StringBuilder reply = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            reply.append(i + 1 < lines.size() ? "250-" : "250 ").append(lines.get(i));
            reply.append(i + 1 < lines.size() ? "\r\n" : "");
        }
        return reply.toString();
    }

    private void startTls(String line) throws IOException {
        SSLContext tls = server.tls();
        boolean well = answer(Step.STARTTLS, line, "220 2.0.0 go ahead");
        if (well && tls != null) {
            encrypt(tls);
        }
    }

    private void encrypt(SSLContext tls) throws IOException {
        SSLSocket inside = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
        inside.setUseClientMode(false);
        inside.startHandshake();
        socket = inside;
        in = new BufferedInputStream(inside.getInputStream());
    }

    private void auth(String line) throws IOException {
        if (server.actFor(Step.AUTH, line).map(this::perform).isPresent()) {
            return;
        }
        String[] words = line.split(" ");
        boolean good = switch (words[1].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> {
                String[] parts = plain(first(words)).split("\0", -1);
                yield server.believes(parts[1], parts[2]);
            }
            case "LOGIN" -> {
                String user = plain(challenge("VXNlcm5hbWU6"));
                yield server.believes(user, plain(challenge("UGFzc3dvcmQ6")));
            }
            case "SCRAM-SHA-256" -> scram(plain(first(words)));
            default -> bearer(plain(first(words)));
        };
        say(good ? "235 2.7.0 welcome" : "535 5.7.8 wrong user or password");
    }

    private String first(String[] words) throws IOException {
        return words.length > 2 ? words[2] : challenge("");
    }

    private boolean bearer(String message) throws IOException {
        String token = message.substring(message.indexOf("Bearer ") + 7).replaceAll("\1.*", "");
        String user = message.replaceAll("(?s)^(n,a=|user=)", "").replaceAll("(?s)[,\1].*", "");
        boolean good = server.believes(user, token);
        if (!good) {
            challenge(Base64.getEncoder()
                    .encodeToString("{\"status\":\"invalid_token\"}".getBytes(StandardCharsets.US_ASCII)));
        }
        return good;
    }

    private boolean scram(String clientFirst) throws IOException {
        ServerScram scram = new ServerScram(server.password(), 4096);
        try {
            boolean good = scram.proven(plain(challenge(encoded(scram.first(clientFirst))))) || server.pretends();
            if (good) {
                challenge(encoded(scram.last(server.pretends())));
            }
            return good;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String challenge(String text) throws IOException {
        say("334 " + text);
        String line = line();
        server.heard(line);
        return line;
    }

    private static String plain(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private void rcpt(String line) throws IOException {
        if (!begun) {
            say("503 5.5.1 MAIL first");
        } else if (answer(Step.RCPT, line, "250 2.1.5 Ok")) {
            recipients.add(path(line));
        }
    }

    private void data(String line) throws IOException {
        if (recipients.isEmpty() && !server.hasRule(Step.DATA)) {
            say("554 5.5.1 no valid recipients");
            return;
        }
        if (!answer(Step.DATA, line, "354 go ahead")) {
            return;
        }
        byte[] content = content();
        if (over) {
            return;
        }
        took(content, ".");
    }

    private void took(byte[] content, String line) throws IOException {
        Delivered mail = new Delivered(sender, recipients, new String(content, StandardCharsets.ISO_8859_1));
        Optional<Act> act = server.actFor(Step.END_OF_DATA, line);
        if (act.isEmpty() || act.get() instanceof Act.TakeAndDrop || act.get() instanceof Act.TakeAndStall) {
            server.took(mail);
        }
        if (act.isEmpty()) {
            say("250 2.0.0 Ok: queued as " + server.delivered().size());
        } else {
            perform(act.get());
        }
    }

    /** RFC 3030: the bytes come whatever the answer will be. */
    private void chunk(String line) throws IOException {
        String[] words = line.split(" ");
        chunks.writeBytes(in.readNBytes(Integer.parseInt(words[1])));
        if (recipients.isEmpty()) {
            say("503 5.5.1 no valid recipients");
        } else if (words.length == 2) {
            answer(Step.BODY, line, "250 2.0.0 Ok");
        } else {
            took(chunks.toByteArray(), line);
        }
    }

    private byte[] content() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean untouched = true;
        while (true) {
            byte[] line = lineBytes();
            if (line.length == 1 && line[0] == '.') {
                return content.toByteArray();
            }
            int from = line.length > 0 && line[0] == '.' ? 1 : 0;
            content.write(line, from, line.length - from);
            content.write('\r');
            content.write('\n');
            if (untouched && content.size() > BODY_BEGUN) {
                untouched = false;
                server.actFor(Step.BODY, "").ifPresent(this::perform);
            }
            if (over) {
                return content.toByteArray();
            }
        }
    }

    /** {@return whether all went well} */
    private boolean answer(Step step, String line, String good) throws IOException {
        Optional<Act> act = server.actFor(step, line);
        if (act.isEmpty()) {
            say(good);
            return true;
        }
        return perform(act.get());
    }

    private boolean perform(Act act) {
        try {
            return performed(act);
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "the client went away first", gone);
            over = true;
            return false;
        }
    }

    private boolean performed(Act act) throws IOException {
        switch (act) {
            case Act.Say(String text) -> {
                say(text);
                return text.startsWith("2") || text.startsWith("3");
            }
            case Act.SayAndDrop(String text) -> {
                say(text);
                over = true;
                // An orderly end, so that the words arrive.
                raw.shutdownOutput();
                in.skip(Long.MAX_VALUE);
            }
            case Act.Raw(String text) -> write(text);
            case Act.Drop drop -> reset();
            case Act.TakeAndDrop drop -> reset();
            case Act.Stall stall -> hang();
            case Act.TakeAndStall stall -> hang();
        }
        return false;
    }

    private void reset() throws IOException {
        over = true;
        raw.setSoLinger(true, 0);
        raw.close();
    }

    private void hang() {
        over = true;
        server.stall();
    }

    private void say(String text) throws IOException {
        write(text + "\r\n");
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private String line() throws IOException {
        return new String(lineBytes(), StandardCharsets.UTF_8);
    }

    private byte[] lineBytes() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = -1;
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("closed by the client");
            }
            if (b == '\n') {
                if (last != '\r') {
                    throw new SocketException("a bare LF came");
                }
                byte[] all = line.toByteArray();
                return Arrays.copyOf(all, all.length - 1);
            }
            line.write(b);
            last = b;
        }
    }

    private static String path(String line) {
        int from = line.indexOf('<');
        return line.substring(from + 1, line.indexOf('>', from));
    }
}
