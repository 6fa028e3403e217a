package ekiden.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void aFileOfOneLineTooMany() {
        assertThat(check("class X {\n" + "\n".repeat(Shape.FILE_LINES - 2) + "}\n"))
                .isEmpty();
        assertThat(check("class X {\n" + "\n".repeat(Shape.FILE_LINES - 1) + "}\n"))
                .hasSize(1);
    }

    @Test
    void aMethodOfOneLineTooMany() {
        assertThat(check("class X { void x() {\n" + "\n".repeat(Shape.METHOD_LINES - 2) + "} }"))
                .isEmpty();
        assertThat(check("class X { void x() {\n" + "\n".repeat(Shape.METHOD_LINES - 1) + "} }"))
                .singleElement()
                .asString()
                .contains("x has 71 lines");
    }

    @Test
    void aParameterTooMany() {
        assertThat(check("class X { void x(int a, int b, int c, int d, int e, int f) {} }"))
                .isEmpty();
        assertThat(check("class X { void x(int a, int b, int c, int d, int e, int f, int g) {} }"))
                .hasSize(1);
        assertThat(check("class X { X(int a, int b, int c, int d, int e, int f, int g) {} }"))
                .hasSize(1);
    }

    @Test
    void recordHeadersMayBeWide() {
        assertThat(check("record X(int a, int b, int c, int d, int e, int f, int g) { X { use(a); } }"))
                .isEmpty();
    }

    @Test
    void aBlockTooDeep() {
        assertThat(body("for (;;) { while (a) { if (b) { c(); } } }")).isEmpty();
        assertThat(body("for (;;) { while (a) { if (b) { try { c(); } finally { d(); } } } }"))
                .hasSize(1);
        assertThat(body("for (;;) { do { switch (a) { case 1 -> { synchronized (b) { c(); } } } } while (a); }"))
                .hasSize(1);
        assertThat(body("for (var a : b) { if (c) { d(() -> { if (e) { f(); } }); } }"))
                .hasSize(1);
        assertThat(body("int x = switch (a) { default -> { for (;;) { if (b) { if (c) { d(); } } } } };"))
                .hasSize(1);
    }

    @Test
    void elseIfIsNoDeeper() {
        assertThat(body("if (a) {} else if (b) {} else if (c) {} else if (d) {} else if (e) {}"))
                .isEmpty();
    }

    @Test
    void anInnerClassCountsAnew() {
        assertThat(body("for (;;) { if (a) { use(new Y() { void y() { for (;;) { if (b) { c(); } } } }); } }"))
                .isEmpty();
    }

    @Test
    void anEmptyCatch() {
        assertThat(body("try { a(); } catch (E e) { }")).hasSize(1);
        assertThat(body("try { a(); } catch (E e) { /* a comment is no answer */ }"))
                .hasSize(1);
        assertThat(body("try { a(); } catch (E e) { b(); }")).isEmpty();
    }

    private static List<Finding> body(String statements) {
        return check("class X { void x() { " + statements + " } }");
    }

    private static List<Finding> check(String text) {
        return Shape.check(Source.sample("src/main/java/X.java", text));
    }
}
