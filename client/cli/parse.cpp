#include "client/cli/parse.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <ostream>

#include "client/cli/error_words.hpp"
#include "client/text/unicode.hpp"
#include "shared/base/exit_code.hpp"

namespace hoso::client::cli {
namespace {

bool is_place(const Option& option) { return option.name[0] >= 'A' && option.name[0] <= 'Z'; }

// One leaf of the parser's tree and where its values go.
struct Leaf {
    const Verb* verb = nullptr;
    CLI::App* app = nullptr;
    std::vector<std::pair<const Option*, CLI::Option*>> options;
};

void add_option(Leaf& leaf, const Option& option) {
    const std::string name = is_place(option) ? option.name : std::string("--") + option.name;
    if (option.kind == Kind::flag) {
        leaf.options.emplace_back(&option, leaf.app->add_flag(name, option.help));
        return;
    }
    CLI::Option* added = leaf.app->add_option(name, option.help)->required(option.required);
    const bool many = option.kind == Kind::list || option.kind == Kind::files;
    if (is_place(option)) {
        if (many) added->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
    } else if (many) {
        added->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
    const Kind kind = option.kind;
    added->check(CLI::Validator(
        [kind](std::string& value) {
            const char* fault = fault_of(kind, value);
            return std::string(fault ? fault : "");
        },
        ""));
    if (!many) added->type_name(option.kind == Kind::file ? "FILE" : option.kind == Kind::date ? "DATE" : "TEXT");
    leaf.options.emplace_back(&option, added);
}

std::string examples_of(const Verb& verb) {
    std::string text = "Examples:";
    std::string_view rest = verb.examples;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        text += "\n  hoso " + std::string(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return text;
}

std::vector<Leaf> add_verbs(CLI::App& app) {
    std::vector<Leaf> leaves;
    std::map<std::string, CLI::App*> nouns;
    for (const Verb& verb : verbs()) {
        CLI::App*& noun = nouns[verb.noun];
        if (!noun) noun = app.add_subcommand(verb.noun, verb.verb[0] ? "" : verb.help);
        Leaf leaf{&verb, verb.verb[0] ? noun->add_subcommand(verb.verb, verb.help) : noun, {}};
        if (verb.verb[0]) {
            noun->require_subcommand(1);
            const std::string said = noun->get_description();
            noun->description(said + (said.empty() ? "" : ", ") + verb.verb);
        }
        for (const Option& option : verb.options) add_option(leaf, option);
        leaf.app->footer(examples_of(verb));
        leaves.push_back(std::move(leaf));
    }
    return leaves;
}

// Fewest single-letter changes from one word to the other.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    for (std::size_t i = 0; i <= to.size(); ++i) row[i] = i;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t corner = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, corner + (from[i - 1] == to[j - 1] ? 0 : 1)});
            corner = above;
        }
    }
    return row[to.size()];
}

std::string suggestion(const std::vector<std::string>& args, Language language) {
    std::string nearest;
    for (const std::string& word : args) {
        if (word.empty() || word[0] == '-') continue;
        const auto known = [&](const Verb& verb) { return word == verb.noun || word == verb.verb; };
        if (std::any_of(verbs().begin(), verbs().end(), known)) continue;
        for (const Verb& verb : verbs()) {
            for (const char* name : {verb.noun, verb.verb}) {
                if (name[0] && distance(word, name) <= 2) nearest = name;
            }
        }
        if (!nearest.empty()) return pick(language, " Ý bạn là ", " Did you mean ") + nearest + "?";
    }
    return nearest;
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

Language default_language() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const std::string value = environment(name);
        if (!value.empty()) return language_from(value).value_or(Language::en);
    }
    return Language::en;
}

// Of a line that could not be read: what it asks for, as far as that can be told.
Language language_of(const std::vector<std::string>& args) {
    for (std::size_t i = 0; i < args.size(); ++i) {
        const bool apart = args[i] == "--lang" && i + 1 < args.size();
        if (!apart && !args[i].starts_with("--lang=")) continue;
        if (const auto asked = language_from(apart ? args[i + 1] : args[i].substr(7))) return *asked;
    }
    return default_language();
}

void add_globals(CLI::App& app, Globals& globals, std::string& language) {
    app.add_option("--data", globals.data, "The desk's folder")->envname("HOSO_DATA");
    app.add_flag("--json", globals.json, "Answer in JSON, one object a line");
    app.add_option("--lang", language, "vi or en; from LANG otherwise")->check(CLI::IsMember({"vi", "en"}));
    app.add_option("--now", globals.now, "What time it is, or @FILE with it: for training logs only; a running desk keeps its own");
    app.add_option("--as", globals.as, "Account that acts, by id or title")->envname("HOSO_AS");
    app.add_option("--passphrase-file", globals.passphrase_file, "Unlocks that officer's key for this command");
    app.add_flag("--force", globals.force, "Record although it would be void now: the province judges");
    app.add_option("--csv", globals.csv, "Write the list also to this file, as CSV");
    app.add_option("--xlsx", globals.xlsx, "Write the list also to this file, as a spreadsheet");
    app.add_flag("--quiet", globals.quiet, "No progress on stderr");
}

bool takes_value(std::string_view name) {
    return std::any_of(verbs().begin(), verbs().end(), [&](const Verb& verb) {
        return std::any_of(verb.options.begin(), verb.options.end(),
                           [&](const Option& option) { return option.kind != Kind::flag && name == option.name; });
    });
}

// "--number=" is an option with an empty value; the library would take the next word for it.
std::vector<std::string> with_empty_values(const std::vector<std::string>& args) {
    std::vector<std::string> words;
    bool places = false;
    for (const std::string& arg : args) {
        places = places || arg == "--";
        const bool empty = !places && arg.size() > 3 && arg.starts_with("--") && arg.find('=') == arg.size() - 1;
        if (empty && takes_value(std::string_view(arg).substr(2, arg.size() - 3))) {
            words.push_back(arg.substr(0, arg.size() - 1));
            words.emplace_back();
        } else {
            words.push_back(arg);
        }
    }
    return words;
}

Command command_of(const Leaf& leaf, const Globals& globals) {
    Command command{leaf.verb, {}, globals};
    for (const auto& [option, parsed] : leaf.options) {
        if (parsed->count() == 0) continue;
        auto values = parsed->results();
        const bool names_files = option->kind == Kind::file || option->kind == Kind::files;
        if (!names_files) std::transform(values.begin(), values.end(), values.begin(), nfc);
        command.arguments.set(option->name, std::move(values));
    }
    return command;
}

}  // namespace

std::variant<Command, int> parse(const std::vector<std::string>& args, std::ostream& out, std::ostream& err) {
    Globals globals;
    std::string language;
    CLI::App app("Every desk of a province's OCOP programme: records, syncs, decides and audits.", "hoso");
    app.fallthrough();
    app.require_subcommand(1);
    app.set_version_flag("--version", HOSO_VERSION);
    add_globals(app, globals, language);
    std::vector<Leaf> leaves = add_verbs(app);
    try {
        std::vector<std::string> reversed = with_empty_values(args);
        std::reverse(reversed.begin(), reversed.end());
        std::replace(reversed.begin(), reversed.end(), std::string("--limits"), std::string("limits"));
        app.parse(reversed);
    } catch (const CLI::ParseError& fault) {
        if (fault.get_exit_code() == 0) {
            app.exit(fault, out, err);
            return exit_ok;
        }
        const Language reader = language_of(args);
        const std::string what = explained(reader, std::string(fault.what()) + '.');
        const std::string said = what + suggestion(args, reader);
        if (std::find(args.begin(), args.end(), "--json") != args.end()) {
            err << boost::json::serialize(boost::json::object{{"error", errc_name(Errc::invalid)}, {"detail", said}}) << '\n';
        } else {
            err << said
                << pick(reader, "\nXem hoso --help, hoặc hoso DANH_TỪ ĐỘNG_TỪ --help.\n",
                        "\nRun hoso --help, or hoso NOUN VERB --help.\n");
        }
        return exit_usage;
    }
    globals.as = nfc(globals.as);
    globals.language = language_from(language).value_or(Language::en);
    if (language.empty()) globals.language = default_language();
    for (const Leaf& leaf : leaves) {
        if (leaf.app->parsed() && (leaf.verb->verb[0] || leaf.app->get_subcommands().empty())) return command_of(leaf, globals);
    }
    err << pick(globals.language, "Hãy ghi việc cần làm: hoso --help\n", "Say what to do: hoso --help\n");
    return exit_usage;
}

namespace {

std::string absolute_clock(const std::string& now) {
    return now.starts_with('@') ? "@" + std::filesystem::absolute(now.substr(1)).string() : now;
}

}  // namespace

std::vector<std::string> to_args(const Command& command) {
    const Globals& globals = command.globals;
    std::vector<std::string> args{std::string("--lang=") + (globals.language == Language::vi ? "vi" : "en")};
    if (globals.json) args.push_back("--json");
    if (globals.force) args.push_back("--force");
    if (globals.quiet) args.push_back("--quiet");
    if (!globals.now.empty()) args.push_back("--now=" + absolute_clock(globals.now));
    if (!globals.as.empty()) args.push_back("--as=" + globals.as);
    const auto add_file = [&args](const char* option, const std::filesystem::path& file) {
        if (!file.empty()) args.push_back(option + std::filesystem::absolute(file).string());
    };
    add_file("--passphrase-file=", globals.passphrase_file);
    add_file("--csv=", globals.csv);
    add_file("--xlsx=", globals.xlsx);
    args.push_back(command.verb->noun);
    if (command.verb->verb[0]) args.push_back(command.verb->verb);
    std::vector<std::string> places;
    for (const Option& option : command.verb->options) {
        if (!command.arguments.has(option.name)) continue;
        for (std::string value : command.arguments.list(option.name)) {
            const bool names_file = option.kind == Kind::file || option.kind == Kind::files;
            if (names_file && value != "-") value = std::filesystem::absolute(value).string();
            if (is_place(option)) {
                places.push_back(value);
            } else if (option.kind != Kind::flag && value.empty()) {
                args.push_back(std::string("--") +
                               option.name);  // behind "=" the library takes nothing for a value that is to come
                args.emplace_back();
            } else {
                args.push_back(std::string("--") + option.name + (option.kind == Kind::flag ? "" : "=" + value));
            }
        }
    }
    if (!places.empty()) args.push_back("--");
    args.insert(args.end(), places.begin(), places.end());
    return args;
}

}  // namespace hoso::client::cli
