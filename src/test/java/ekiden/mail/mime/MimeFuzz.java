package ekiden.mail.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * What the fuzzer calls with bytes of its own making. A finding is an exception, an answer that contradicts itself, or one that takes too long. The
 * target is named by the property {@code ekiden.fuzz.target}.
 */
public final class MimeFuzz {
    /** What can be fuzzed. */
    public static final List<String> TARGETS =
            List.of("reader", "header", "parameters", "charset", "name", "winmail", "rtf", "html", "text");

    private static final String TARGET = System.getProperty("ekiden.fuzz.target", "reader");
    private static final String[] LABELS = {
        "utf-8", "iso-2022-jp", "shift_jis", "euc-jp", "utf-7", "utf-16", "gb18030", "big5", "euc-kr", "x-nobody", ""
    };

    private MimeFuzz() {}

    /**
     * Called by the fuzzer.
     *
     * @param data whatever
     */
    public static void fuzzerTestOneInput(byte[] data) {
        run(TARGET, data);
    }

    static void run(String target, byte[] data) {
        try {
            switch (target) {
                case "reader" -> reader(data);
                case "header" -> header(data);
                case "parameters" -> parameters(data);
                case "charset" -> charset(data);
                case "name" -> name(data);
                case "winmail" -> winmail(data);
                case "rtf" -> rtf(data);
                case "html" -> HtmlText.of(new String(data, StandardCharsets.UTF_8));
                case "text" -> text(data);
                default -> throw new IllegalArgumentException("no target " + target + ", there are " + TARGETS);
            }
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private static void reader(byte[] data) throws IOException {
        Opening all = new Opening(true, true, null, OpeningLimits.DEFAULT);
        Reading reading = MessageReader.readOrThrow(new BytesSource(data), MimeLimits.DEFAULT, all);
        if (reading instanceof Reading.Readable(Message message)) {
            for (Part part : message.attachments()) {
                sound(data, part);
            }
            ReadMailJson.readable("f", message, new BytesSource(data));
        }
    }

    private static void sound(byte[] data, Part part) throws IOException {
        long[] size = new long[1];
        part.copyTo(new BytesSource(data), (bytes, from, length) -> size[0] += length);
        if (size[0] != part.summary().size()) {
            throw new IllegalStateException("told " + part.summary().size() + " bytes, gave " + size[0]);
        }
    }

    private static void header(byte[] data) throws IOException {
        reader(with("From: ", data, "\n\nx"));
        reader(with("Subject: ", data, "\n\nx"));
    }

    private static void parameters(byte[] data) throws IOException {
        reader(with("Content-Type: a/b; name", data, "\n\nx"));
        reader(with("Content-Disposition: attachment; filename", data, "\n\nx"));
    }

    private static byte[] with(String before, byte[] data, String behind) {
        byte[] head = before.getBytes(StandardCharsets.US_ASCII);
        byte[] tail = behind.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + data.length + tail.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(data, 0, all, head.length, data.length);
        System.arraycopy(tail, 0, all, head.length + data.length, tail.length);
        return all;
    }

    private static void charset(byte[] data) {
        if (data.length == 0) {
            return;
        }
        String label = LABELS[(data[0] & 0xff) % LABELS.length];
        Objects.requireNonNull(TextDecoder.decode(data, 1, data.length, label.isEmpty() ? null : label)
                .text());
    }

    private static void name(byte[] data) {
        String name = SafeName.clean(new String(data, StandardCharsets.UTF_8));
        boolean inside = !name.isEmpty()
                && !name.contains("/")
                && !name.contains("\\")
                && !name.equals("..")
                && !name.equals(".")
                && name.getBytes(StandardCharsets.UTF_8).length <= SafeName.MAX_BYTES;
        if (!inside || !SafeName.clean(name).equals(name)) {
            throw new IllegalStateException("not safe: " + name);
        }
    }

    private static void winmail(byte[] data) throws IOException {
        RawSource raw = new BytesSource(data);
        Place.Piece all = new Place.Piece(null, 0, data.length, TransferEncoding.IDENTITY);
        for (Tnef.File file : Tnef.open(all, data.length, raw, 10).files()) {
            long[] size = new long[1];
            file.place().copyTo(raw, (bytes, from, length) -> size[0] += length);
            if (size[0] != file.size()) {
                throw new IllegalStateException("told " + file.size() + " bytes, gave " + size[0]);
            }
        }
    }

    private static void rtf(byte[] data) {
        RtfText.of(data);
        byte[] unpacked = Lzfu.unpacked(data, 1 << 20);
        if (unpacked != null) {
            RtfText.of(unpacked);
        }
    }

    private static void text(byte[] data) throws IOException {
        UuText around = new UuText(1 << 16, 10);
        new ByteArrayInputStream(data).transferTo(new java.io.OutputStream() {
            @Override
            public void write(int b) {
                around.write(new byte[] {(byte) b}, 0, 1);
            }
        });
        around.finish();
        FlowedText.of(new String(data, StandardCharsets.UTF_8), data.length % 2 == 0);
        reader(with("Content-Type: text/plain; format=flowed\n\n", data, ""));
    }
}
