package ekiden.mail.send;

import java.nio.charset.StandardCharsets;

/** How the texts of one mail become bytes. Pure. */
enum Coding {
    /** Carries everything. */
    UTF_8("UTF-8"),
    /** Carries what {@link JisText} does. */
    ISO_2022_JP("ISO-2022-JP");

    private final String label;

    Coding(String label) {
        this.label = label;
    }

    /** {@return its name in a header} */
    String label() {
        return label;
    }

    /** {@return the bytes of a text, or of a piece of one, that is carried} */
    byte[] bytes(String text) {
        return switch (this) {
            case UTF_8 -> text.getBytes(StandardCharsets.UTF_8);
            case ISO_2022_JP -> JisText.bytes(text);
        };
    }

    /** {@return the shortest line on which an encoded word with one character has room} */
    int minRoom() {
        return switch (this) {
            case UTF_8 -> 24;
            case ISO_2022_JP -> 30;
        };
    }
}
