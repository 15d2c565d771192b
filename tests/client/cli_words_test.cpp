#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "client/cli/error_words.hpp"
#include "client/cli/parse.hpp"
#include "client/json/action_json.hpp"
#include "client/text/unicode.hpp"
#include "client/text/words.hpp"
#include "client/views/parts.hpp"
#include "client/views/sentence.hpp"
#include "tests/support/sample_actions.hpp"

namespace hoso::client {
namespace {

using namespace tests;
namespace json = boost::json;

// ---- actions as JSON ----------------------------------------------------------------------------------------------------

TEST(ActionJson, EveryKindComesBackAsItWas) {
    const ActionJson actions;
    for (const auto& [called, action] : sample_actions()) {
        const json::value written = actions.write(action.body);
        ASSERT_TRUE(written.is_object());
        EXPECT_EQ(written.get_object().begin()->key(), std::string(kind_name(action.body.index()))) << called;
        const auto read = actions.read(written);
        ASSERT_TRUE(read) << called << ": " << read.error().detail;
        EXPECT_EQ(*read, action.body) << called;
    }
}

// ---- the timeline -------------------------------------------------------------------------------------------------------

TEST(Sentence, SaysWhatEveryKindDidInBothLanguages) {
    replica::State state;
    const domain::Header header = sample_actions().front().second.header;
    state.registry.accounts[header.actor] = {header.actor, "Thư ký OCOP tỉnh", {}, false};
    std::set<std::string> said;
    for (const auto& [called, action] : sample_actions()) {
        const std::string vi = views::sentence(Language::vi, state, action);
        const std::string en = views::sentence(Language::en, state, action);
        EXPECT_TRUE(vi.starts_with("Thư ký OCOP tỉnh: ")) << called;
        EXPECT_NE(vi, en) << called;
        EXPECT_TRUE(said.insert(vi).second) << called << " says what another kind says";
    }
    const auto of = [&](const domain::Body& body) {
        domain::Action action{header, body};
        return views::sentence(Language::en, state, action);
    };
    EXPECT_EQ(of(domain::NoteAdded{{}, "x"}), "Thư ký OCOP tỉnh: Note added: x");
    const std::string inspected =
        of(domain::Inspected{{}, domain::InspectionKind::periodic, domain::InspectionOutcome::remedy, {}, {}, {}, {}, "Nhãn sai"});
    EXPECT_NE(inspected.find("periodic, to be remedied, Nhãn sai"), std::string::npos) << inspected;
    const Uuid fair = Uuid::from_hex("00000000000000000000000000000007").value();
    state.registry.promotions[fair].title = "Hội chợ OCOP";
    EXPECT_NE(of(domain::PromotionJoined{fair, {}, "Bán 40 kg"}).find("Hội chợ OCOP, Bán 40 kg"), std::string::npos);
    const ActionId held{};
    domain::Action waiting{header, domain::NoteAdded{{}, "y"}};
    state.streams[header.stream].held[held] = {waiting, 7, domain::Reason::no_mandate};
    EXPECT_NE(of(domain::Adopted{{held}, "Đã kiểm tra"}).find("Note added: y, Đã kiểm tra"), std::string::npos)
        << of(domain::Adopted{{held}, "Đã kiểm tra"});
    EXPECT_EQ(of(domain::ExpiryNotified{"C-1", "77/SNN", sample_date(2023, 9, 5)}),
              "Thư ký OCOP tỉnh: Subject told of expiry: number 77/SNN, certificate C-1, on 05/09/2023");
}

// Knows the unit 17 and gives ids that count up.
class Words final : public Shorthand {
public:
    Result<std::string> named(std::string_view name) override {
        names.push_back(std::string(name));
        return std::string(30, '0') + "0" + std::to_string(names.size());
    }
    Result<std::string> looked_up(std::string_view what, std::string_view text) override {
        if (what == "unit" && text == "17") return std::string(31, '0') + "9";
        return Error{Errc::not_found, "nothing of that name"};
    }
    std::vector<std::string> names;
};

TEST(ActionJson, SpellsOutWhatPeopleWrite) {
    const ActionJson actions;
    Words words;
    const auto unit = actions.read(json::parse(R"({"unitCreated": {"unit": "$xa", "parent": {"unit": "17"}, "level": "commune",
        "kind": "commune", "code": "04867", "name": "$5 Tú Lý", "validFrom": "2023-03-20"}})"),
                                   words);
    ASSERT_TRUE(unit) << unit.error().detail;
    const auto& created = std::get<domain::UnitCreated>(*unit);
    EXPECT_EQ(words.names, std::vector<std::string>{"xa"});
    EXPECT_EQ(created.unit.hex(), std::string(31, '0') + "1");
    EXPECT_EQ(created.parent.hex(), std::string(31, '0') + "9");
    EXPECT_EQ(created.name, "$5 Tú Lý") << "text stays as it is written";
    EXPECT_EQ(to_text(created.valid_from), "2023-03-20");
    const auto slip = actions.read(json::parse(R"({"slipIssued": {"slip": "$s", "slipKey": ")" + std::string(64, 'a') +
                                               R"(", "account": "$a", "unit": "$u", "expires": "2023-03-20T08:00:00+07:00"}})"),
                                   words);
    ASSERT_TRUE(slip) << slip.error().detail;
    EXPECT_EQ(to_text(std::get<domain::SlipIssued>(*slip).expires), "2023-03-20T08:00:00+07:00");
}

struct BadBody {
    const char* name;
    const char* body;
    const char* says;
};
const BadBody bad_bodies[] = {
    {"NoObject", "7", "object"},
    {"TwoKinds", R"({"noteAdded": {}, "withdrawn": {}})", "one kind"},
    {"UnknownKind", R"({"noteadded": {"text": "x"}})", "noteadded"},
    {"UnknownField", R"({"noteAdded": {"dossier": "00000000000000000000000000000001", "note": "x"}})", "note"},
    {"ShortId", R"({"noteAdded": {"dossier": "0001", "text": "x"}})", "dossier"},
    {"NoHex", R"({"noteAdded": {"dossier": "xy", "text": "x"}})", "hex"},
    {"UnknownLookUp", R"({"noteAdded": {"dossier": {"unit": "99"}, "text": "x"}})", "dossier: nothing of that name"},
    {"NoDate", R"({"submitted": {"dossier": "00000000000000000000000000000001", "turn": 0, "date": "2023-02-30"}})", "2023-02-30"},
    {"UnknownRole", R"({"mandateGranted": {"role": "king"}})", "king"},
};

class ActionJsonRefuses : public testing::TestWithParam<BadBody> {};
TEST_P(ActionJsonRefuses, Row) {
    const ActionJson actions;
    Words words;
    const auto read = actions.read(json::parse(GetParam().body), words);
    ASSERT_FALSE(read);
    EXPECT_TRUE(read.error().code == Errc::invalid || read.error().code == Errc::not_found);
    EXPECT_NE(read.error().detail.find(GetParam().says), std::string::npos) << read.error().detail;
}
INSTANTIATE_TEST_SUITE_P(Table, ActionJsonRefuses, testing::ValuesIn(bad_bodies), [](const auto& row) { return row.param.name; });

// ---- the command line ---------------------------------------------------------------------------------------------------

struct Line {
    const char* name;
    std::vector<std::string> args;
    int code;  // -1: a command
};
const Line lines[] = {
    {"Command", {"--data", "d", "status"}, -1},
    {"GlobalsAfterwards", {"dossier", "show", "x", "--data", "d", "--json"}, -1},
    {"Help", {"--help"}, 0},
    {"VerbHelp", {"dossier", "open", "--help"}, 0},
    {"Nothing", {}, 2},
    {"NounAlone", {"dossier"}, 2},
    {"UnknownNoun", {"dosier", "show"}, 2},
    {"MissingOption", {"dossier", "open", "x"}, 2},
    {"NoDate", {"cert", "list", "--at", "15/12/2023"}, 2},
    {"NoNumber", {"log", "list", "--limit", "many"}, 2},
    {"NoPoints", {"result", "enter", "x", "--decision-number", "1", "--average", "91,555", "--stars", "5"}, 2},
    {"NoYesOrNo", {"renewal", "answer", "x", "--certificate", "c", "--renews", "maybe"}, 2},
    {"UnknownLanguage", {"--lang", "fr", "status"}, 2},
    {"Limits", {"--limits"}, -1},
};

class CommandLine : public testing::TestWithParam<Line> {};
TEST_P(CommandLine, Row) {
    std::ostringstream out, err;
    const auto parsed = cli::parse(GetParam().args, out, err);
    const int* code = std::get_if<int>(&parsed);
    EXPECT_EQ(code ? *code : -1, GetParam().code) << err.str();
    if (GetParam().code == 0) {
        EXPECT_NE(out.str().find("hoso"), std::string::npos);
    }
    if (GetParam().code == 2) {
        EXPECT_NE(err.str().find("--help"), std::string::npos);
    }
}
INSTANTIATE_TEST_SUITE_P(Table, CommandLine, testing::ValuesIn(lines), [](const auto& row) { return row.param.name; });

TEST(CommandLine, EveryCommandHasHelpAndTwoExamplesThatParse) {
    for (const cli::Verb& verb : cli::verbs()) {
        EXPECT_NE(verb.on_desk == nullptr, verb.free == nullptr) << verb.noun << " " << verb.verb;
        EXPECT_FALSE(std::string(verb.help).empty());
        const std::string examples = verb.examples;
        const auto cut = examples.find('\n');
        ASSERT_NE(cut, std::string::npos) << verb.noun << " " << verb.verb;
        for (const std::string& example : {examples.substr(0, cut), examples.substr(cut + 1)}) {
            std::vector<std::string> args(1);
            bool quoted = false;
            for (const char at : example) {
                if (at == '"') {
                    quoted = !quoted;
                } else if (at == ' ' && !quoted) {
                    args.emplace_back();
                } else {
                    args.back() += at;
                }
            }
            std::ostringstream out, err;
            const auto parsed = cli::parse(args, out, err);
            ASSERT_TRUE(std::holds_alternative<cli::Command>(parsed)) << example << ": " << err.str();
            EXPECT_STREQ(std::get<cli::Command>(parsed).verb->noun, verb.noun) << example;
            EXPECT_STREQ(std::get<cli::Command>(parsed).verb->verb, verb.verb) << example;
        }
    }
}

TEST(CommandLine, ADaemonIsHandedTheSameCommand) {
    std::ostringstream out, err;
    const auto parsed = cli::parse({"--data", "d", "--json", "--lang", "vi", "--as", "Thư ký", "meeting", "open", "--council", "-x",
                                    "--dossier", "a b", "--dossier", "c"},
                                   out, err);
    ASSERT_TRUE(std::holds_alternative<cli::Command>(parsed)) << err.str();
    const auto args = cli::to_args(std::get<cli::Command>(parsed));
    EXPECT_EQ(args, (std::vector<std::string>{"--lang=vi", "--json", "--as=Thư ký", "meeting", "open", "--council=-x",
                                              "--dossier=a b", "--dossier=c"}));
    const auto again = cli::parse(args, out, err);
    ASSERT_TRUE(std::holds_alternative<cli::Command>(again)) << err.str();
    EXPECT_EQ(std::get<cli::Command>(again).arguments.list("dossier"), (std::vector<std::string>{"a b", "c"}));
}

TEST(CommandLine, AnEmptyValueStaysOneOnItsWayToADaemon) {
    const std::vector<std::string> typed[] = {
        {"cert", "notify", "P", "--certificate", "X", "--number", "", "--date", "2023-04-20"},
        {"cert", "notify", "P", "--certificate", "X", "--number=", "--date=2023-04-20"},
        {"complaint", "file", "P", "--text", ""},
        {"complaint", "file", "--text=", "P"},
        {"cert", "serve", "P", "--certificate", "X", "--to", "A", "--to", ""},
    };
    for (const auto& line : typed) {
        std::ostringstream out, err;
        const auto parsed = cli::parse(line, out, err);
        ASSERT_TRUE(std::holds_alternative<cli::Command>(parsed)) << line[1] << ": " << err.str();
        const auto& command = std::get<cli::Command>(parsed);
        const auto again = cli::parse(cli::to_args(command), out, err);
        ASSERT_TRUE(std::holds_alternative<cli::Command>(again)) << line[1] << ": " << err.str();
        EXPECT_EQ(std::get<cli::Command>(again).arguments.all(), command.arguments.all()) << line[1];
        const char* empty = line[1] == "notify" ? "number" : line[1] == "file" ? "text" : "to";
        EXPECT_EQ(command.arguments.list(empty).back(), "") << line[1];
        EXPECT_EQ(command.arguments.text("date"), line[1] == "notify" ? "2023-04-20" : "");
    }
}

TEST(CommandLine, ADaemonHearsOfAClockThatIsHandedIn) {
    std::ostringstream out, err;
    const auto parsed = cli::parse({"--data", "d", "--now", "@clock", "status"}, out, err);
    ASSERT_TRUE(std::holds_alternative<cli::Command>(parsed)) << err.str();
    const auto args = cli::to_args(std::get<cli::Command>(parsed));
    EXPECT_EQ(args.at(1), "--now=@" + (std::filesystem::current_path() / "clock").string());
}

TEST(CommandLine, SuggestsWhatWasMeant) {
    std::ostringstream out, err;
    EXPECT_EQ(std::get<int>(cli::parse({"dosier", "show", "x"}, out, err)), 2);
    EXPECT_NE(err.str().find("Did you mean dossier?"), std::string::npos) << err.str();
}

TEST(Text, OfEveryKeyboardIsTheSame) {
    EXPECT_EQ(nfc("Chè Shan tuyết"), "Chè Shan tuyết");
    EXPECT_EQ(nfc("Che\xCC\x80 \xC4\x90"
                  "a\xCC\x80"),
              "Chè Đà");
    EXPECT_EQ(nfc("a\xFF"), "a\xFF");
    std::ostringstream out, err;
    const auto parsed = cli::parse({"product", "show", "Che\xCC\x80", "--data", "x"}, out, err);
    EXPECT_EQ(std::get<cli::Command>(parsed).arguments.text("PRODUCT"), "Chè");
}

TEST(Text, IsFoundWithoutAccents) {
    EXPECT_EQ(folded("Hòa Bình"), "hoa binh");
    EXPECT_EQ(folded("hoà bình"), "hoa binh");
    EXPECT_EQ(folded("ĐÀ BẮC"), "da bac");
    EXPECT_EQ(folded("a\xFF"), "a\xFF");
}

std::string utf8(unsigned code) {
    if (code < 0x80) return {static_cast<char>(code)};
    if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
    return {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
            static_cast<char>(0x80 | (code & 0x3F))};
}

// A letter becomes the same whatever stands beside it, so that it may be remembered.
TEST(Text, IsFoldedLetterByLetterToo) {
    Folder folder;
    const auto fold = [&](const std::string& text) {
        std::string to = "kept ";
        folder.fold(text, to);
        return to;
    };
    for (const char* text : {"", "Chè Shan tuyết Đà Bắc", "Che\xCC\x80 \xC4\x90", "17-04828/GCN", "ß ΑΣ 茶", "a\xFF", "Đ\xC4"})
        EXPECT_EQ(fold(text), "kept " + folded(text)) << text;
    for (unsigned code = 1; code < 0x3100; ++code) {
        const std::string letter = utf8(code);
        for (const std::string& text : {letter, "Ơ" + letter + "\xCC\xA3" + letter + "a"})
            ASSERT_EQ(fold(text), "kept " + folded(text)) << std::hex << code;
    }
}

TEST(CommandLine, SaysWhatIsWrongInJsonToo) {
    std::ostringstream out, err;
    EXPECT_EQ(std::get<int>(cli::parse({"product", "shwo", "--json"}, out, err)), 2);
    EXPECT_EQ(json::parse(err.str()).at("error").as_string(), "invalid") << err.str();
}

// ---- words -----------------------------------------------------------------------------------------------------------

TEST(Words, EveryReasonHasASentenceInBothLanguages) {
    for (std::uint16_t i = 1; i < domain::reasons; ++i) {
        const auto reason = static_cast<domain::Reason>(i);
        EXPECT_STRNE(sentence(Language::vi, reason), sentence(Language::en, reason)) << name(reason);
        EXPECT_GT(std::string(sentence(Language::vi, reason)).size(), 10u) << name(reason);
    }
    EXPECT_EQ(sentence(Language::en, {domain::Outcome::voided, domain::Reason::lost_race, 522}),
              "void: Another transition was logged first (position 522)");
    EXPECT_EQ(cli::explained(Language::vi, "lost_race: nothing was recorded"),
              "Một việc khác đã được ghi trước (lost_race: nothing was recorded)");
}

// Every "hoso ..." that a text tells people to type is a command, with options it has.
class Advice {
public:
    explicit Advice(const std::string& text) {
        std::istringstream words(text.substr(0, text.find_first_of(".,;:()\"'\\")));
        for (std::string word; words >> word;) words_.push_back(word);
    }
    std::string fault() const {
        const cli::Verb* named = nullptr;
        for (const cli::Verb& verb : cli::verbs()) {
            const bool noun = words_.size() > 1 && words_[1] == verb.noun;
            if (noun && (verb.verb[0] == 0 || (words_.size() > 2 && words_[2] == verb.verb))) named = &verb;
        }
        if (!named) return "no such command";
        for (const std::string& word : words_) {
            const auto same = [&](const cli::Option& option) { return word == std::string("--") + option.name; };
            if (word.starts_with("--") && std::none_of(named->options.begin(), named->options.end(), same))
                return "no option " + word;
        }
        return {};
    }

private:
    std::vector<std::string> words_;
};

TEST(Words, EveryCommandThatATextNamesIsThere) {
    const std::regex advice("(^|[^a-z/<_#.])hoso [a-z]");
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(HOSO_CLIENT_FOLDER)) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            const auto quote = line.find('"');
            std::smatch match;
            if (quote == std::string::npos || line.find("#include") != std::string::npos) continue;
            for (std::string rest = line.substr(quote); std::regex_search(rest, match, advice);) {
                ++found;
                const std::string said = rest.substr(static_cast<std::size_t>(match.position() + match.length()) - 6);
                rest = said.substr(6);
                EXPECT_EQ(Advice(said).fault(), "") << entry.path() << ": " << said;
            }
        }
    }
    EXPECT_GT(found, 10u);
}

}  // namespace
}  // namespace hoso::client
