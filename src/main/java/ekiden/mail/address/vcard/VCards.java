package ekiden.mail.address.vcard;

import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataAdapter;
import com.github.mangstadt.vinnie.io.VObjectReader;
import com.github.mangstadt.vinnie.io.Warning;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.Entry;
import ekiden.mail.address.file.BookText;
import ekiden.mail.address.file.FileBook;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The vCards of a file. Safe from any thread. */
public final class VCards implements FileBook.Format {
    private static final String FORM = "BEGIN:VCARD … END:VCARD";

    private final String book;
    private final AddressLimits limits;

    /**
     * @param book its name in messages
     * @param limits bounds
     */
    public VCards(String book, AddressLimits limits) {
        this.book = book;
        this.limits = limits;
    }

    @Override
    public Result<List<Entry>> read(Path file, byte[] bytes) {
        Optional<String> text = BookText.of(bytes, null);
        if (text.isEmpty()) {
            return bad(file, 1, "UTF-8");
        }
        // Phones say Shift_JIS and mean the Windows table, with its circled digits and the like.
        String cards = text.get().replaceAll("(?i)CHARSET=\"?(shift[_-]jis|x-sjis|sjis)\"?", "CHARSET=windows-31j");
        Listener listener = new Listener(file, limits);
        try (VObjectReader reader = new VObjectReader(new StringReader(cards), SyntaxRules.vcard())) {
            reader.parse(listener);
        } catch (IOException impossible) {
            return Result.failed(
                    AddressMessage.UNREADABLE, "book", book, "file", file, "reason", Reason.of(impossible));
        }
        boolean none = listener.entries.isEmpty() && !cards.isBlank();
        if (listener.wrong > 0 || listener.card != null || none) {
            return bad(file, Math.max(1, listener.wrong > 0 ? listener.wrong : listener.begun), FORM);
        }
        return Result.ok(listener.entries);
    }

    private <T> Result<T> bad(Path file, int line, String expected) {
        return Result.failed(AddressMessage.BAD_LINE, "book", book, "file", file, "line", line, "expected", expected);
    }

    private static final class Listener extends VObjectDataAdapter {
        private final Path file;
        private final AddressLimits limits;
        private final List<Entry> entries = new ArrayList<>();
        private @Nullable Card card;
        private int begun;
        private int depth;
        private int wrong;

        Listener(Path file, AddressLimits limits) {
            this.file = file;
            this.limits = limits;
        }

        @Override
        public void onComponentBegin(String name, Context context) {
            depth++;
            // A card inside a card (AGENT of version 2.1) is somebody else's.
            if (name.equalsIgnoreCase("VCARD") && depth == 1) {
                begun = context.getLineNumber();
                card = new Card(file + ":" + begun);
            }
        }

        @Override
        public void onComponentEnd(String name, Context context) {
            Card ended = card;
            if (depth == 1 && ended != null) {
                ended.entry(limits.names()).ifPresent(entries::add);
                card = null;
                if (entries.size() > limits.entries()) {
                    // More than the book may have: it is refused as a whole.
                    context.stop();
                }
            }
            depth = Math.max(0, depth - 1);
        }

        @Override
        public void onProperty(VObjectProperty property, Context context) {
            Card open = card;
            if (open != null && depth == 1) {
                open.add(property);
            }
        }

        @Override
        public void onWarning(
                Warning warning, @Nullable VObjectProperty property, @Nullable Exception why, Context context) {
            boolean lost = warning == Warning.UNKNOWN_CHARSET || warning == Warning.QUOTED_PRINTABLE_ERROR;
            // A line that is no property, such as one of a picture, says nothing about names.
            if (lost && wrong == 0 && property != null && Card.wants(property.getName())) {
                wrong = context.getLineNumber();
            }
        }
    }
}
