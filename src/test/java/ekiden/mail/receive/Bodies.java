package ekiden.mail.receive;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sink that keeps everything, and notices a sink's rules being broken. */
public final class Bodies implements BodySink {
    private final Map<Long, byte[]> whole = new TreeMap<>();
    private final Map<Long, byte[]> cut = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Override
    public Body begin(long uid, long size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new Body() {
            private boolean over;

            @Override
            public void write(byte[] from, int start, int length) {
                note(over, uid + " goes on after its end");
                bytes.write(from, start, length);
            }

            @Override
            public void end() {
                note(over, uid + " ends twice");
                note(bytes.size() != size, uid + " has " + bytes.size() + " bytes and was announced with " + size);
                note(whole.containsKey(uid), uid + " came twice");
                over = true;
                whole.put(uid, bytes.toByteArray());
            }

            @Override
            public void cut() {
                note(over, uid + " is cut after its end");
                over = true;
                cut.put(uid, bytes.toByteArray());
            }
        };
    }

    private void note(boolean broken, String what) {
        if (broken) {
            wrong.add(what);
        }
    }

    /** {@return the mails that are whole} */
    public Map<Long, byte[]> whole() {
        return whole;
    }

    /** {@return the beginnings of those that were cut} */
    public Map<Long, byte[]> cutOff() {
        return cut;
    }

    /** {@return which rules were broken} */
    public List<String> wrong() {
        return wrong;
    }
}
