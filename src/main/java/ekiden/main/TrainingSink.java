package ekiden.main;

import ekiden.base.LazyLogger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Just enough of an SMTP server (RFC 5321) for {@link SendTraining}: takes every mail and keeps none. */
final class TrainingSink implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(TrainingSink.class);

    private final ServerSocket listener;

    TrainingSink() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("training sink").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                Thread.ofVirtual().name("training session").start(() -> serve(socket));
            }
        } catch (IOException over) {
            LOG.log(Level.TRACE, "the training is over", over);
        }
    }

    private static void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                OutputStream out = socket.getOutputStream()) {
            say(out, "220 training.example ESMTP");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(out, answer(line));
                if (line.equals("DATA")) {
                    takeContent(in);
                    say(out, "250 2.0.0 Ok");
                }
            }
        } catch (IOException over) {
            LOG.log(Level.TRACE, "a training session is over", over);
        }
    }

    private static void takeContent(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.equals(".")) {
            line = in.readLine();
        }
    }

    private static String answer(String line) {
        if (line.startsWith("EHLO")) {
            return "250-training.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 100000000";
        }
        if (line.equals("DATA")) {
            return "354 go ahead";
        }
        return line.equals("QUIT") ? "221 2.0.0 Bye" : "250 2.0.0 Ok";
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
