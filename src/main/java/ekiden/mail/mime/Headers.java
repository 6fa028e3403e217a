package ekiden.mail.mime;

import ekiden.model.mail.HeaderValues;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header of a mail, whose fields are decoded when they are asked for. Safe from any thread. */
public final class Headers implements HeaderValues {
    /** No fields. */
    public static final Headers NONE = new Headers(HeaderBlock.EMPTY, MimeLimits.DEFAULT, null);

    private final HeaderBlock block;
    private final MimeLimits limits;
    private final @Nullable TextCodec hint;

    Headers(HeaderBlock block, MimeLimits limits, @Nullable TextCodec hint) {
        this.block = block;
        this.limits = limits;
        this.hint = hint;
    }

    @Override
    public List<String> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (block.find(lower, 0) < 0) {
            return List.of();
        }
        HeaderText text = new HeaderText(limits, hint);
        return text.allRaw(block, lower).stream().map(text::decoded).toList();
    }

    @Override
    public List<String> raw(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return block.find(lower, 0) < 0 ? List.of() : new HeaderText(limits, hint).allRaw(block, lower);
    }

    @Override
    public int count(String name) {
        return block.count(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String firstWord(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int field = block.find(lower, 0);
        String word = field < 0 ? "" : block.plainWord(field);
        return word == null ? HeaderValues.super.firstWord(lower) : word;
    }

    @Override
    public boolean oneReading() {
        return block.oneReading();
    }

    /**
     * @param header the bytes of a header
     * @return whether characters stand in it raw, and not in UTF-8: what they are, other parts of the mail may tell
     */
    public static boolean rawBytes(byte[] header) {
        return !Utf8Look.at(header, 0, header.length).valid();
    }

    /** {@return bytes of the header} */
    public int size() {
        return block.bytes().length;
    }
}
