package ekiden.message;

import java.util.ArrayList;
import java.util.List;

/**
 * One pair of message files.
 *
 * @param name the first part of their names
 * @param letter the area letter that most of its ids carry: it is looked into first
 */
record Area(String name, char letter) {
    /** All message files of the product, in one place. A file that does not exist is an area without messages. */
    static final List<Area> ALL = List.of(
            new Area("settings", 'B'),
            new Area("definition", 'U'),
            new Area("message", 'C'),
            new Area("cli", 'C'),
            new Area("mailcommand", 'C'),
            new Area("wait", 'C'),
            new Area("api", 'C'),
            new Area("run", 'S'),
            new Area("manager", 'S'),
            new Area("timer", 'S'),
            new Area("agent", 'A'),
            new Area("link", 'A'),
            new Area("smtpd", 'M'),
            new Area("receive", 'M'),
            new Area("spool", 'M'),
            new Area("mime", 'M'),
            new Area("match", 'M'),
            new Area("save", 'M'),
            new Area("send", 'M'),
            new Area("compose", 'M'),
            new Area("address", 'M'),
            new Area("store", 'D'));

    /** {@return all areas, those first that an id most likely belongs to} */
    static List<Area> likelyFirst(String id) {
        char letter = id.length() > 3 ? id.charAt(3) : '?';
        List<Area> likely = new ArrayList<>();
        List<Area> rest = new ArrayList<>();
        for (Area area : ALL) {
            (area.letter() == letter ? likely : rest).add(area);
        }
        likely.addAll(rest);
        return likely;
    }
}
