package ekiden.tidy;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long, deep and wide code may be, and catch blocks that say nothing. */
public final class Shape {
    static final int FILE_LINES = 500;
    static final int METHOD_LINES = 70;
    static final int NESTING = 3;
    static final int PARAMETERS = 6;

    private Shape() {}

    /** {@return where the file is over a limit} */
    public static List<Finding> check(Source source) {
        List<Finding> findings = new ArrayList<>();
        long lines = source.text().lines().count();
        if (lines > FILE_LINES) {
            findings.add(new Finding(source.path(), "has " + lines + " lines, at most " + FILE_LINES + ": split it"));
        }
        new Scan(source, findings).scan(source.tree(), null);
        return findings;
    }

    private static final class Scan extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Source source;
        private final List<Finding> findings;
        private int depth;

        Scan(Source source, List<Finding> findings) {
            this.source = source;
            this.findings = findings;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
            int parameters = method.getParameters().size();
            if (parameters > PARAMETERS && !compact(method)) {
                findings.add(source.finding(
                        method,
                        method.getName() + " has " + parameters + " parameters, at most " + PARAMETERS
                                + ": make a record of them"));
            }
            long lines = source.endLine(method) - source.line(method) + 1;
            if (lines > METHOD_LINES) {
                findings.add(source.finding(
                        method, method.getName() + " has " + lines + " lines, at most " + METHOD_LINES + ": split it"));
            }
            int outer = depth;
            depth = 0;
            super.visitMethod(method, null);
            depth = outer;
            return null;
        }

        /** The constructor of a record that is written without parameters: the parser adds the components. */
        private boolean compact(MethodTree method) {
            int start = (int) source.positions().getStartPosition(source.tree(), method);
            int body = method.getBody() == null
                    ? start
                    : (int) source.positions().getStartPosition(source.tree(), method.getBody());
            return body > start && source.text().substring(start, body).indexOf('(') < 0;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
            int outer = depth;
            depth = 0;
            super.visitClass(type, null);
            depth = outer;
            return null;
        }

        @Override
        public @Nullable Void visitCatch(CatchTree caught, @Nullable Void none) {
            if (caught.getBlock().getStatements().isEmpty()) {
                findings.add(source.finding(
                        caught, "empty catch; instead: return a value that says so, log it, or rethrow"));
            }
            return super.visitCatch(caught, null);
        }

        @Override
        public @Nullable Void visitIf(IfTree choice, @Nullable Void none) {
            enter(choice);
            scan(choice.getCondition(), null);
            scan(choice.getThenStatement(), null);
            if (choice.getElseStatement() instanceof IfTree) {
                depth--;
                scan(choice.getElseStatement(), null);
                depth++;
            } else {
                scan(choice.getElseStatement(), null);
            }
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitForLoop(ForLoopTree loop, @Nullable Void none) {
            enter(loop);
            super.visitForLoop(loop, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree loop, @Nullable Void none) {
            enter(loop);
            super.visitEnhancedForLoop(loop, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitWhileLoop(WhileLoopTree loop, @Nullable Void none) {
            enter(loop);
            super.visitWhileLoop(loop, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitDoWhileLoop(DoWhileLoopTree loop, @Nullable Void none) {
            enter(loop);
            super.visitDoWhileLoop(loop, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitSwitch(SwitchTree choice, @Nullable Void none) {
            enter(choice);
            super.visitSwitch(choice, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitSwitchExpression(SwitchExpressionTree choice, @Nullable Void none) {
            enter(choice);
            super.visitSwitchExpression(choice, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitTry(TryTree attempt, @Nullable Void none) {
            enter(attempt);
            super.visitTry(attempt, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitSynchronized(SynchronizedTree guarded, @Nullable Void none) {
            enter(guarded);
            super.visitSynchronized(guarded, null);
            depth--;
            return null;
        }

        @Override
        public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, @Nullable Void none) {
            boolean block = lambda.getBody() instanceof BlockTree;
            if (block) {
                enter(lambda);
            }
            super.visitLambdaExpression(lambda, null);
            if (block) {
                depth--;
            }
            return null;
        }

        private void enter(Tree block) {
            depth++;
            if (depth == NESTING + 1) {
                findings.add(source.finding(
                        block,
                        "nested " + depth + " deep, at most " + NESTING + ": take the inner part out as a method"));
            }
        }
    }
}
