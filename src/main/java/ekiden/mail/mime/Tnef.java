package ekiden.mail.mime;

import ekiden.base.Ascii;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens winmail.dat (Transport Neutral Encapsulation, MS-OXTNEF): finds files and the body in it while its bytes pass, and holds none of them. A
 * message that is enclosed is one file.
 */
final class Tnef {
    private static final long SIGNATURE = 0x223E9F78L;
    private static final int LONGEST_NAME = 64 * 1024;
    private static final String MESSAGE_TYPE = "application/ms-tnef";
    private static final String FILE_TYPE = "application/octet-stream";

    // Attributes of the stream (MS-OXTNEF §2.1.3.2).
    private static final int BODY = 0x0002800C;
    private static final int PROPERTIES = 0x00069003;
    private static final int CODE_PAGE = 0x00069007;
    private static final int FILE_BEGINS = 0x00069002;
    private static final int FILE_TITLE = 0x00018010;
    private static final int FILE_DATA = 0x0006800F;
    private static final int FILE_PROPERTIES = 0x00069005;

    // Properties of a message and of a file (MS-OXPROPS).
    private static final int BODY_TEXT = 0x1000;
    private static final int BODY_RTF = 0x1009;
    private static final int BODY_HTML = 0x1013;
    private static final int BODY_CODE_PAGE = 0x3FDE;
    private static final int DISPLAY_NAME = 0x3001;
    private static final int DATA = 0x3701;
    private static final int SHORT_NAME = 0x3704;
    private static final int LONG_NAME = 0x3707;
    private static final int MIME_TAG = 0x370E;

    /** The character set of strings of two bytes. */
    static final String WIDE = "UTF-16LE";

    private final LittleEndian in;
    private final int mostFiles;
    private final List<File> files = new ArrayList<>();
    private @Nullable String codePage;
    private @Nullable String htmlCodePage;
    private @Nullable Piece text;
    private @Nullable Piece rtf;
    private @Nullable Piece html;
    private @Nullable Draft draft;
    private boolean tooMany;

    /**
     * A file that was found.
     *
     * @param name as declared; may be hostile
     * @param type media type in lower case
     * @param place where its bytes are
     * @param size how many they are
     */
    record File(String name, String type, Place.Piece place, long size) {}

    /**
     * The body in one form.
     *
     * @param place where it is
     * @param charset its character set, or null where it is not known
     */
    record Piece(Place.Piece place, @Nullable String charset) {}

    /**
     * What was found.
     *
     * @param files in order
     * @param text the body as text, or null
     * @param html the body as HTML, or null
     * @param rtf the body as compressed RTF, or null
     * @param whole whether all of the stream could be read
     * @param tooMany whether there are more files than were wanted
     */
    record Found(
            List<File> files,
            @Nullable Piece text,
            @Nullable Piece html,
            @Nullable Piece rtf,
            boolean whole,
            boolean tooMany) {}

    /** A file of which more may be said. */
    private static final class Draft {
        private String title = "";
        private String shortName = "";
        private String longName = "";
        private String displayName = "";
        private String type = "";
        private File data = new File("", "", new Place.Piece(null, 0, 0, TransferEncoding.IDENTITY), -1);
        private boolean message;
    }

    private Tnef(LittleEndian in, int mostFiles) {
        this.in = in;
        this.mostFiles = mostFiles;
    }

    /**
     * @param place the part
     * @param size of the part, decoded
     * @param raw the mail
     * @param mostFiles how many files are wanted
     * @return what is in it
     * @throws IOException when the mail cannot be read
     */
    static Found open(Place.Piece place, long size, RawSource raw, int mostFiles) throws IOException {
        Place of = Place.holding(place);
        DecodingStream decoded = of instanceof Place.Marked marked ? marked.decoding(raw, 0) : place.decoding(raw);
        try (LittleEndian in = new LittleEndian(of, decoded, size)) {
            Tnef tnef = new Tnef(in, mostFiles);
            boolean whole = tnef.read();
            tnef.finishFile();
            return new Found(tnef.files, tnef.text, tnef.htmlInItsCharset(), tnef.rtf, whole, tnef.tooMany);
        }
    }

    /** {@return whether everything was as it should be} */
    private boolean read() throws IOException {
        try {
            if (in.u32() != SIGNATURE) {
                return false;
            }
            in.u16();
            while (in.left() > 0) {
                if (!attribute()) {
                    return false;
                }
            }
            return true;
        } catch (EOFException cut) {
            return false;
        }
    }

    private boolean attribute() throws IOException {
        in.u8();
        int id = (int) in.u32();
        long length = in.u32();
        if (length > in.left()) {
            return false;
        }
        long end = in.position() + length;
        switch (id) {
            case CODE_PAGE -> codePage = length >= 4 ? CodePages.name(in.u32()) : null;
            case BODY -> text = new Piece(in.place(length), codePage);
            case PROPERTIES -> {
                if (!new TnefProperties(in, end).each(this::ofMessage)) {
                    return false;
                }
            }
            case FILE_BEGINS -> {
                finishFile();
                draft = new Draft();
            }
            case FILE_TITLE -> ofFile().title = string(in.bytes((int) Math.min(length, LONGEST_NAME)), false);
            case FILE_DATA -> {
                if (!ofFile().message) {
                    ofFile().data = data(length);
                }
            }
            case FILE_PROPERTIES -> {
                if (!new TnefProperties(in, end).each(this::ofFile)) {
                    return false;
                }
            }
            default -> {
                // What else is said of the message is not looked at.
            }
        }
        in.to(end);
        in.to(Math.min(end + 2, end + in.left()));
        return true;
    }

    private File data(long length) {
        return new File("", "", in.place(length), length);
    }

    private Draft ofFile() {
        if (draft == null) {
            draft = new Draft();
        }
        return draft;
    }

    private void ofMessage(TnefProperties.Property property) throws IOException {
        switch (property.id()) {
            case BODY_CODE_PAGE -> htmlCodePage = CodePages.name(property.number());
            case BODY_TEXT -> text = new Piece(in.place(property.length()), property.wide() ? WIDE : codePage);
            case BODY_HTML -> html = new Piece(in.place(property.length()), property.wide() ? WIDE : null);
            case BODY_RTF -> rtf = new Piece(in.place(property.length()), null);
            default -> {
                // Not the body.
            }
        }
    }

    /** Its code page mostly stands behind it: properties are in the order of their numbers. */
    private @Nullable Piece htmlInItsCharset() {
        return html == null || html.charset != null
                ? html
                : new Piece(html.place, htmlCodePage != null ? htmlCodePage : codePage);
    }

    private void ofFile(TnefProperties.Property property) throws IOException {
        Draft file = ofFile();
        switch (property.id()) {
            case DATA -> {
                long before = in.position();
                file.message = property.object() && TnefProperties.isMessage(in, property.length());
                long head = in.position() - before;
                if (file.message || file.data.size < 0) {
                    file.data = data(property.length() - head);
                }
            }
            case LONG_NAME -> file.longName = string(property);
            case SHORT_NAME -> file.shortName = string(property);
            case DISPLAY_NAME -> file.displayName = string(property);
            case MIME_TAG -> file.type = string(property);
            default -> {
                // Not needed to save it.
            }
        }
    }

    private String string(TnefProperties.Property property) throws IOException {
        return string(in.bytes((int) Math.min(property.length(), LONGEST_NAME)), property.wide());
    }

    private String string(byte[] bytes, boolean wide) {
        String text = wide
                ? new String(bytes, StandardCharsets.UTF_16LE)
                : TextDecoder.decode(bytes, 0, beforeZero(bytes), codePage).text();
        int end = text.indexOf('\0');
        return HeaderText.oneLine(end < 0 ? text : text.substring(0, end)).strip();
    }

    /** {@return where the zero is that ends a text; with it, a short one would look like UTF-16} */
    static int beforeZero(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return end;
    }

    private void finishFile() {
        Draft file = draft;
        draft = null;
        if (file == null || file.data.size < 0) {
            return;
        }
        if (files.size() == mostFiles) {
            tooMany = true;
            return;
        }
        String name =
                first(file.longName, file.message ? file.displayName : file.title, file.shortName, file.displayName);
        boolean named = file.type.matches("[!-~]+/[!-~]+");
        String type = file.message ? MESSAGE_TYPE : named ? Ascii.lower(file.type) : FILE_TYPE;
        files.add(new File(file.message ? name + ".tnef" : name, type, file.data.place, file.data.size));
    }

    private static String first(String... names) {
        for (String name : names) {
            if (!name.isEmpty()) {
                return name;
            }
        }
        return "";
    }
}
