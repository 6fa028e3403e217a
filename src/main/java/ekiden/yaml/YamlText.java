package ekiden.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Text into a tree. Works on the library's event stream rather than on its own tree: so depth is bounded before anything
 * recurses, aliases are never followed, and a key that stands twice is one problem among others instead of the end.
 */
public final class YamlText {
    private final YamlLimits limits;
    private final YamlProblems problems;
    private final Deque<Frame> open = new ArrayDeque<>();
    private @Nullable YamlNode root;
    private int documents;

    private YamlText(YamlLimits limits, YamlProblems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    /** A collection that has begun and not ended. */
    private static final class Frame {
        final boolean mapping;
        final Place at;
        final List<YamlNode> items = new ArrayList<>();
        final List<YamlNode.Entry> entries = new ArrayList<>();
        final Map<String, Place> keys = new HashMap<>();
        YamlNode.@Nullable Scalar key;

        Frame(boolean mapping, Place at) {
            this.mapping = mapping;
            this.at = at;
        }

        boolean wantsKey() {
            return mapping && key == null;
        }

        YamlNode close() {
            return mapping ? new YamlNode.Mapping(entries, at) : new YamlNode.Sequence(items, at);
        }
    }

    /**
     * Reads one document.
     *
     * @param text the whole file; a byte order mark in front is skipped
     * @param limits its bounds
     * @param problems takes what is wrong
     * @return the tree, or null where there is none: then at least one problem was noted. A tree may come with problems.
     */
    public static @Nullable YamlNode read(String text, YamlLimits limits, YamlProblems problems) {
        if (text.length() > limits.characters()) {
            problems.fault(
                    YamlFault.TOO_LARGE,
                    Place.START,
                    "where",
                    "",
                    "found",
                    text.length(),
                    "expected",
                    limits.characters());
            return null;
        }
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        YamlText reader = new YamlText(limits, problems);
        try {
            return reader.events(body);
        } catch (MarkedYamlEngineException wrong) {
            Place at = place(wrong.getProblemMark().or(wrong::getContextMark));
            problems.fault(YamlFault.SYNTAX, at, "found", YamlNode.shorten(String.valueOf(wrong.getProblem())));
        } catch (ReaderException wrong) {
            String character = String.format(Locale.ROOT, "U+%04X", wrong.getCodePoint());
            problems.fault(YamlFault.SYNTAX, placeOf(body, wrong.getPosition()), "found", character);
        } catch (YamlEngineException wrong) {
            problems.fault(
                    YamlFault.SYNTAX, Place.START, "found", YamlNode.shorten(String.valueOf(wrong.getMessage())));
        }
        return null;
    }

    private @Nullable YamlNode events(String body) {
        LoadSettings settings = LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(limits.characters() + 1)
                .build();
        for (Event event : new Parse(settings).parseString(body)) {
            if (!take(event)) {
                return null;
            }
        }
        if (root == null) {
            problems.fault(YamlFault.WRONG_TYPE, Place.START, "where", "", "found", "", "expected", "{…}");
        }
        return root;
    }

    /** Takes an event; false ends the reading, after a problem was noted. */
    private boolean take(Event event) {
        Place at = place(event.getStartMark());
        return switch (event.getEventId()) {
            case DocumentStart -> {
                documents++;
                boolean first = documents == 1;
                if (!first) {
                    problems.fault(YamlFault.NOT_PLAIN, at, "found", "---");
                }
                yield first;
            }
            case MappingStart, SequenceStart -> begin((CollectionStartEvent) event, at);
            case MappingEnd, SequenceEnd -> attach(open.pop().close());
            case Scalar -> scalar((ScalarEvent) event, at);
            case Alias -> {
                problems.fault(YamlFault.NOT_PLAIN, at, "found", "*" + ((AliasEvent) event).getAlias());
                yield false;
            }
            case Comment, DocumentEnd, StreamStart, StreamEnd -> true;
        };
    }

    private boolean begin(CollectionStartEvent event, Place at) {
        boolean mapping = event.getEventId() == Event.ID.MappingStart;
        checkPlain(event.getAnchor().map(a -> "&" + a).or(event::getTag), at);
        Frame parent = open.peek();
        if (parent != null && parent.wantsKey()) {
            problems.fault(
                    YamlFault.WRONG_TYPE, at, "where", "", "found", mapping ? "{…}" : "[…]", "expected", "KEY: …");
            return false;
        }
        if (open.size() >= limits.depth()) {
            problems.fault(YamlFault.TOO_DEEP, at, "expected", limits.depth());
            return false;
        }
        open.push(new Frame(mapping, at));
        return true;
    }

    private boolean scalar(ScalarEvent event, Place at) {
        checkPlain(event.getAnchor().map(a -> "&" + a).or(event::getTag), at);
        return attach(new YamlNode.Scalar(event.getValue(), event.isPlain(), at));
    }

    private void checkPlain(Optional<String> mark, Place at) {
        mark.ifPresent(m -> problems.fault(YamlFault.NOT_PLAIN, at, "found", m));
    }

    private boolean attach(YamlNode node) {
        Frame frame = open.peek();
        if (frame == null) {
            root = node;
            return true;
        }
        if (frame.wantsKey()) {
            frame.key = (YamlNode.Scalar) node;
            return true;
        }
        YamlNode.Scalar key = frame.key;
        frame.key = null;
        if (key == null) {
            frame.items.add(node);
        } else {
            Place first = frame.keys.putIfAbsent(key.text(), key.at());
            if (first == null) {
                frame.entries.add(new YamlNode.Entry(key.text(), key.at(), node));
            } else {
                problems.fault(YamlFault.DUPLICATE_KEY, key.at(), "found", key.shown(), "first", first.line());
            }
        }
        return withinItems(frame);
    }

    private boolean withinItems(Frame frame) {
        int size = Math.max(frame.items.size(), frame.entries.size());
        if (size > limits.items()) {
            problems.fault(YamlFault.TOO_LARGE, frame.at, "where", "", "found", size, "expected", limits.items());
            return false;
        }
        return true;
    }

    private static Place place(Optional<Mark> mark) {
        return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.START);
    }

    private static Place placeOf(String body, int position) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(position, body.length()); i++) {
            boolean end = body.charAt(i) == '\n';
            line += end ? 1 : 0;
            column = end ? 1 : column + 1;
        }
        return new Place(line, column);
    }
}
