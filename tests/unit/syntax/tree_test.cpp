// The views over a tree, and the trees of the forms that are easy to get wrong.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support.hpp"

using namespace onus;
using namespace onus::syntax;
using namespace onus::syntax::test;

namespace {

// The node as `Kind(child child …)`, leaves as their text.
std::string shape(NodeRef node, const SourceStore& source) {
  if (node.is_token()) return std::string(node.text(source));
  std::string result(name_of(node.kind()));
  result += '(';
  bool first = true;
  for (const NodeRef child : node.children()) {
    if (!first) result += ' ';
    first = false;
    result += shape(child, source);
  }
  return result + ')';
}

NodeRef find(NodeRef from, NodeKind kind) {
  for (std::uint32_t at = from.index(); at < from.index() + from.subtree_size(); ++at) {
    if (from.tree().node(at).kind == kind) return {from.tree(), at};
  }
  FAIL("no such node");
  return from;
}

std::string first(const std::string& text, NodeKind kind) {
  const Parsed parsed("regulation r \"R\".\n" + text);
  CHECK(parsed.said() == "");
  return shape(find(parsed.tree.root(), kind), parsed.source);
}
std::string condition(const std::string& text) {
  const std::string made = first("definition d:\n  a ship is idle if " + text + ".\n", NodeKind::If);
  return made.substr(6, made.size() - 7);
}
std::string amount(const std::string& text) {
  const std::string made = first("value v:\n  the v is " + text + ".\n", NodeKind::Sentence);
  const std::string front = "Sentence(SubjectThe(the Noun(v)) is ";
  REQUIRE(made.starts_with(front));
  return made.substr(front.size(), made.size() - front.size() - 3);
}

}  // namespace

TEST_CASE("a node has views of its children, its span and its text") {
  const std::string text = "regulation  r // title\n \"R\" .\nuse \"v\".\nuse \"w\".\n";
  const Parsed parsed(text);
  const NodeRef root = parsed.tree.root();
  CHECK(root.kind() == NodeKind::File);
  CHECK(root.span().begin == 0);
  CHECK(root.span().end == text.size());
  CHECK(root.subtree_size() == parsed.tree.size());
  CHECK(!root.next_sibling());
  const NodeRef regulation = root.child_node().value();
  CHECK(regulation.is(NodeKind::Regulation));
  CHECK(regulation.span().end == text.size() - 1);
  CHECK(regulation.first_child()->is(NodeKind::KwRegulation));
  CHECK(regulation.first_child()->is_token());
  CHECK(regulation.first_child()->next_sibling()->is(NodeKind::Label));
  CHECK(regulation.child(NodeKind::String)->text(parsed.source) == "\"R\"");
  CHECK(regulation.has(NodeKind::FullStop));
  CHECK(!regulation.has(NodeKind::Duty));
  CHECK(!regulation.child(NodeKind::Duty));
  std::string uses;
  for (const NodeRef use : regulation.children(NodeKind::Use)) uses += use.child(NodeKind::String)->text(parsed.source);
  CHECK(uses == "\"v\"\"w\"");
  CHECK(regulation.children(NodeKind::Duty).empty());
  int count = 0;
  for (const NodeRef child : regulation.children()) count += child == child ? 1 : 0;
  CHECK(count == 6);
  const NodeRef last = find(root, NodeKind::Use).next_sibling().value();
  CHECK(last.is(NodeKind::Use));
  CHECK(!last.next_sibling());
  CHECK(!last.child(NodeKind::FullStop)->next_sibling());
  CHECK(find(root, NodeKind::Label).words(parsed.source) == "r");
  CHECK(regulation.first_child()->children().empty());
}

TEST_CASE("words leave blanks and comments out") {
  const Parsed parsed("regulation r \"R\".\nparameter the  late // really\n  share is 1/3.\n");
  CHECK(find(parsed.tree.root(), NodeKind::Noun).words(parsed.source) == "late share");
}

TEST_CASE("chains are wrapped, single members are not") {
  CHECK(condition("the x is y") == "Statement(Path(the Noun(x)) StateIs(is Pred(y)))");
  CHECK(condition("the x is y and z and the w is v") ==
        "And(Statement(Path(the Noun(x)) StateIs(is Pred(y))) and Also(Pred(z)) and Statement(Path(the Noun(w)) StateIs(is Pred(v))))");
  CHECK(condition("the x is y or a z of the w") ==
        "Or(Statement(Path(the Noun(x)) StateIs(is Pred(y))) or Also(Role(a Noun(z) LinkThe(of the Noun(w)))))");
  CHECK(condition("the x is y, unless the x is z") ==
        "CondUnless(Statement(Path(the Noun(x)) StateIs(is Pred(y))) , Unless(unless Statement(Path(the Noun(x)) StateIs(is Pred(z)))))");
  CHECK(condition("the x is y and the x is v unless the x is z") ==
        "CondUnless(And(Statement(Path(the Noun(x)) StateIs(is Pred(y))) and Statement(Path(the Noun(x)) StateIs(is Pred(v)))) "
        "Unless(unless Statement(Path(the Noun(x)) StateIs(is Pred(z)))))");
  CHECK(amount("1") == "Quantity(1)");
  CHECK(amount("1 plus 2 minus 3") == "Sum(Quantity(1) plus Quantity(2) minus Quantity(3))");
  CHECK(amount("2 times the x plus the y times 3") ==
        "Sum(Product(Quantity(2) times Path(the Noun(x))) plus Product(Path(the Noun(y)) times Quantity(3)))");
  CHECK(amount("1/3 of the x") == "Share(1/3 of Path(the Noun(x)))");
  CHECK(amount("3 percent of the x of the y") == "Share(3 Unit(percent) of Path(the Noun(x) LinkThe(of the Noun(y))))");
  CHECK(amount("2 weeks after the x") == "OffsetAfter(2 Unit(weeks) after Path(the Noun(x)))");
  CHECK(amount("the sum of the x plus 1 for every y of a z times 2") ==
        "Product(SumOf(the sum of Sum(Path(the Noun(x)) plus Quantity(1)) for every Np(Noun(y) LinkA(of a Noun(z)))) times Quantity(2))");
  CHECK(amount("the later of 2025-01-01 and today") == "LaterOf(the later of DateValue(2025-01-01) and Today(today))");
  CHECK(amount("the x of the y in 2023") == "Path(the Noun(x) LinkThe(of the Noun(y)) InYear(in 2023))");
  CHECK(amount("the x in the calendar year before today") == "Path(the Noun(x) InYearBefore(in the calendar year before Today(today)))");
}

TEST_CASE("forms that have one of several kinds") {
  CHECK(condition("the x exceeds 1") == "Statement(Path(the Noun(x)) VerbExceeds(exceeds Quantity(1)))");
  CHECK(condition("the x has no y") == "Statement(Path(the Noun(x)) VerbHasNo(has no Noun(y)))");
  CHECK(condition("the x has a y") == "Statement(Path(the Noun(x)) VerbHas(has a Noun(y)))");
  CHECK(condition("the x is not a y") == "Statement(Path(the Noun(x)) StateNot(is not Role(a Noun(y))))");
  CHECK(condition("the x is the y") == "Statement(Path(the Noun(x)) StateIs(is Path(the Noun(y))))");
  CHECK(condition("the x is at least 1") == "Statement(Path(the Noun(x)) StateAtLeast(is at least Quantity(1)))");
  CHECK(condition("the x is on or before today") == "Statement(Path(the Noun(x)) StateOnOrBefore(is on or before Today(today)))");
  CHECK(condition("the x is unknowable to the y") == "Statement(Path(the Noun(x)) StateUnknowable(is unknowable to Path(the Noun(y))))");
  CHECK(condition("at least 2 x that is y are z") ==
        "Statement(AtLeast(at least 2 Np(Noun(x) ThatIs(that is Pred(y)))) StateIs(are Pred(z)))");
  CHECK(condition("for every other x, no y is z") ==
        "CondFor(for Every(every Np(Noun(other x))) , Statement(No(no Np(Noun(y))) StateIs(is Pred(z))))");
  CHECK(condition("it is established that the x is not y") == "Established(it is established that Path(the Noun(x)) is not Pred(y))");
  CHECK(condition("any 2 of the following apply:\n - (a) the x is y;\n - the x is z") ==
        "ListAtLeast(any 2 of the following apply : Item(- (a) Statement(Path(the Noun(x)) StateIs(is Pred(y)))) ; "
        "Item(- Statement(Path(the Noun(x)) StateIs(is Pred(z)))))");
}

TEST_CASE("`under` is part of a predicate before an article and names a regulation before a label") {
  CHECK(condition("the x is sold under a second licence") == "Statement(Path(the Noun(x)) StateIs(is Pred(sold under a second licence)))");
  CHECK(condition("the x is systemic under eu-gpai") == "Statement(Path(the Noun(x)) StateIs(is Pred(systemic) Under(under Label(eu-gpai))))");
  CHECK(condition("the x is not a provider of the y under 3.2") ==
        "Statement(Path(the Noun(x)) StateNot(is not Role(a Noun(provider) LinkThe(of the Noun(y))) Under(under Label(3.2))))");
  CHECK(condition("the x is sold under the flag under r and y under s") ==
        "And(Statement(Path(the Noun(x)) StateIs(is Pred(sold under the flag) Under(under Label(r)))) and Also(Pred(y) Under(under Label(s))))");
}

TEST_CASE("soft words are words in names") {
  CHECK(condition("the part value of the duty is open") ==
        "Statement(Path(the Noun(part value) LinkThe(of the Noun(duty))) StateIs(is Pred(open)))");
  CHECK(first("duty duty \"D\":\n  each note must \"x\".\n", NodeKind::Duty) ==
        "Duty(duty Head(Label(duty) \"D\") : Sentence(BearerEach(each Np(Noun(note))) must Act(\"x\") .))");
}

TEST_CASE("forms beside conditions") {
  CHECK(first("duty 1 [X] over duty 2 of r and definition 3:\n  each x must \"y\" as z, if the x is v.\n  renamed from: duty 9.\n",
              NodeKind::Duty) ==
        "Duty(duty Head(Label(1) [X] Over(over Refs(Ref(duty Label(2) of Label(r)) and Ref(definition Label(3))))) : "
        "Sentence(BearerEach(each Np(Noun(x))) must Act(\"y\" as Noun(z)) , If(if Statement(Path(the Noun(x)) StateIs(is Pred(v)))) .) "
        "RenamedFrom(renamed from : Ref(duty Label(9)) .))");
  CHECK(first("terms:\n  a x exists from the y of the x.\n", NodeKind::Terms) ==
        "Terms(terms : TermExists(a Noun(x) exists from Path(the Noun(y) LinkThe(of the Noun(x))) .))");
  CHECK(first("terms:\n  the y of an x is a z, none unless given.\n", NodeKind::TermProperty) ==
        "TermProperty(the Noun(y) TermOf(of an Noun(x)) RangeIs(is TypeA(a Noun(z)) , NoneUnlessGiven(none unless given)) .)");
  CHECK(first("case \"c\" as of 2025-01-01:\n  given:\n - \"A\" is x;\n expect:\n - \"A\" is y because only duty 1.\n", NodeKind::Case) ==
        "Case(case \"c\" as of 2025-01-01 : given : Given(- Statement(Named(\"A\") StateIs(is Pred(x)))) ; expect : "
        "ExpectHolds(- Statement(Named(\"A\") StateIs(is Pred(y))) BecauseOnly(because only Refs(Ref(duty Label(1))))) .)");
}

TEST_CASE("mistakes leave a whole tree that knows where it is broken") {
  const std::string text = "regulation r \"R\".\ndefinition 1:\n  a ship is the.\ndefinition 2:\n  a ship is idle.\n";
  const Parsed parsed(text);
  CHECK(parsed.errors() == 1);
  CHECK(defect(parsed.tree, text) == "");
  CHECK(parsed.tree.broken());
  std::vector<bool> broken;
  for (const NodeRef definition : parsed.tree.root().child_node()->children(NodeKind::Definition)) {
    broken.push_back(parsed.tree.broken(definition));
  }
  CHECK(broken == std::vector<bool>{true, false});
}
