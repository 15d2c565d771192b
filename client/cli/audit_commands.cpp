#include "client/audit/bundle.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/error_words.hpp"
#include "client/cli/names.hpp"
#include "client/cli/session.hpp"
#include "client/views/moves.hpp"
#include "shared/base/exit_code.hpp"

namespace hoso::client::cli {
namespace {

constexpr Instant one_day = 86'400'000'000;
constexpr std::size_t join_bytes_max = 1 << 20;
constexpr std::size_t note_bytes_max = 4096;

Result<std::unique_ptr<audit::StoredLog>> open_log(const Surroundings& surroundings, const Arguments& arguments) {
    return audit::StoredLog::open(arguments.has("log") ? std::filesystem::path(arguments.text("log")) : surroundings.globals.data);
}

audit::Progress progress_on(Output& out) {
    return [&out](Position done, Position size) { out.progress(std::to_string(done) + " / " + std::to_string(size)); };
}

json::object counts_of(const audit::Counts& counts) {
    return {{"effective", counts.effective}, {"held", counts.held}, {"void", counts.voided}};
}

void add_fault(const audit::Fault& fault, json::object& out) {
    out["position"] = fault.position;
    if (fault.last != fault.position) out["last_position"] = fault.last;
    out["reason"] = errc_name(fault.code);
    out["detail"] = fault.detail;
}

// A position, or a date: the log as it was at the end of that day.
Result<audit::Until> until_from(const Arguments& arguments, const char* option) {
    audit::Until until;
    if (!arguments.has(option)) return until;
    const std::string at = arguments.text(option);
    if (const auto position = number_from_text(at)) {
        until.position = *position;
    } else if (const auto date = date_from_text(at)) {
        until.before = start_of_day(*date) + one_day;
    } else {
        return Error{Errc::invalid, "--" + std::string(option) + " takes a position or a date YYYY-MM-DD"};
    }
    return until;
}

Result<int> replay(Surroundings& surroundings, const Arguments& arguments) {
    const auto until = until_from(arguments, "at");
    if (!until) return until.error();
    const auto log = open_log(surroundings, arguments);
    if (!log) return log.error();
    const auto done = audit::replay(**log, *until, progress_on(surroundings.out));
    if (!done) return done.error();
    const replica::State& state = done->replica.state();
    surroundings.out.mark_training(state.registry.genesis.training);
    json::object out{{"size", state.size},
                     {"root", done->root ? json::value(done->root->hex()) : json::value(nullptr)},
                     {"state_hash", replica::state_hash(state).hex()},
                     {"judged_alike", !done->fault}};
    for (auto& member : counts_of(done->counts)) out[member.key()] = member.value();
    if (state.size > 0) out["last_received"] = to_text(state.last_received);
    if (!(*log)->whole()) out["scoped"] = true;
    if (done->fault) add_fault(*done->fault, out);
    surroundings.out.object(std::move(out));
    return done->fault ? exit_failed_check : exit_ok;
}

// One of the two points of a comparison, folded and judged again.
Result<audit::Replayed> replayed(const audit::StoredLog& log, const Arguments& arguments, const char* option, Output& out) {
    const auto until = until_from(arguments, option);
    if (!until) return until.error();
    auto done = audit::replay(log, *until, progress_on(out));
    if (done && done->fault)
        return Error{done->fault->code, "event " + std::to_string(done->fault->position) + ": " + done->fault->detail};
    return done;
}

Result<int> diff(Surroundings& surroundings, const Arguments& arguments) {
    const auto log = open_log(surroundings, arguments);
    if (!log) return log.error();
    const auto before = replayed(**log, arguments, "from", surroundings.out);
    if (!before) return before.error();
    const auto after = replayed(**log, arguments, "to", surroundings.out);
    if (!after) return after.error();
    const replica::State& is = after->replica.state();
    if (is.size < before->replica.state().size)
        return Error{Errc::invalid, "--from lies after --to: name the earlier point first."};
    surroundings.out.mark_training(is.registry.genesis.training);
    const Date day = local_date(is.last_received);
    UnitId within;
    if (arguments.has("unit")) {
        const auto unit = find_unit(is.registry, arguments.text("unit"), day);
        if (!unit) return unit.error();
        within = *unit;
    }
    surroundings.out.rows(
        views::moves(before->replica.state(), is, within, day),
        {"name", "unit_name", "phase_before", "phase", "stage_before", "stage", "average", "stars", "certificate", "revoked"});
    return exit_ok;
}

// What this desk (--data) knows of the log: its id, and beside another's folder also the newest checkpoint that was signed for it.
Result<void> ask_desk(const std::filesystem::path& desk, bool beside, audit::Known& known) {
    const auto text = read_text(desk / "join.json", join_bytes_max);
    if (!text && text.error().code == Errc::not_found && beside)
        return Error{Errc::not_found, "There is no desk in " + desk.string() + " to compare with: name one with --data, or none."};
    if (!text && text.error().code == Errc::not_found) return {};
    if (!text) return text.error();
    const auto province = province_from_json(*text);
    if (!province) return province.error();
    known.log = province->log;
    if (!beside) return {};
    auto note = audit::StoredLog::checkpoint_of(desk);
    if (!note) return note.error();
    if (!note->empty()) known.notes.push_back({"the checkpoint of the desk in " + desk.string(), std::move(*note)});
    return {};
}

Result<audit::Known> what_is_known(const Surroundings& surroundings, const Arguments& arguments) {
    audit::Known known;
    if (const auto& desk = surroundings.globals.data; !desk.empty()) {
        if (auto asked = ask_desk(desk, arguments.has("log"), known); !asked) return asked.error();
    }
    if (arguments.has("checkpoint")) {
        auto note = read_text(arguments.text("checkpoint"), note_bytes_max);
        if (!note) return note.error();
        known.notes.push_back({"the checkpoint in " + arguments.text("checkpoint"), std::move(*note)});
    }
    return known;
}

Result<int> verify(Surroundings& surroundings, const Arguments& arguments) {
    const auto known = what_is_known(surroundings, arguments);
    if (!known) return known.error();
    if (arguments.has("FILE") && arguments.has("log")) return Error{Errc::invalid, "Name a bundle or --log, not both."};
    std::string source = "bundle";
    Result<audit::Verified> done = audit::Verified{};
    if (arguments.has("FILE")) {
        done = audit::verify_bundle(arguments.text("FILE"), *known, progress_on(surroundings.out));
    } else {
        const auto log = open_log(surroundings, arguments);
        if (!log) return log.error();
        source = (*log)->of_desk() ? "desk" : "server";
        done = audit::verify(**log, *known, progress_on(surroundings.out));
    }
    if (!done) return done.error();
    surroundings.out.mark_training(done->training);
    json::object out{{"holds", !done->fault}, {"size", done->size}, {"source", source}};
    if (done->fault) {
        add_fault(*done->fault, out);
    } else {
        out["root"] = done->root.hex();
        out["state_hash"] = done->state_hash.hex();
        out["checkpoint_size"] = done->checkpoint_size;
        for (auto& member : counts_of(done->counts)) out[member.key()] = member.value();
    }
    surroundings.out.object(std::move(out));
    return done->fault ? exit_failed_check : exit_ok;
}

Result<int> export_log(Surroundings& surroundings, const Arguments& arguments) {
    const auto log = open_log(surroundings, arguments);
    if (!log) return log.error();
    const std::filesystem::path file = arguments.text("out");
    std::error_code ignored;
    const bool may_replace = surroundings.globals.force && std::filesystem::is_regular_file(file, ignored);
    if (std::filesystem::exists(file, ignored) && !may_replace)
        return Error{Errc::exists, file.string() + " is there already: name another file, or give --force."};
    const auto done = audit::export_bundle(**log, file, progress_on(surroundings.out));
    if (!done) return done.error();
    surroundings.out.object({{"size", done->size},
                             {"root", done->root.hex()},
                             {"bytes", done->bytes},
                             {"hash", done->end.hex()},
                             {"written", file.string()}});
    return exit_ok;
}

}  // namespace

std::vector<Verb> audit_verbs() {
    const Option log{"log", Kind::file, false,
                     "A server's or a desk's data directory, compared with what the desk of --data knows"};
    return {
        {"audit",
         "replay",
         "Fold and judge everything again; size, root and state hash",
         "audit replay --data DESK\naudit replay --log SERVER --at 2023-12-15 --json",
         {{"log", Kind::file, false, "A server's or a desk's data directory; this desk's otherwise"},
          {"at", Kind::text, false, "Up to this position, or to the end of this day"}},
         nullptr,
         replay},
        {"audit",
         "diff",
         "Which products moved between two days or positions, from where to where",
         "audit diff --from 2023-10-01 --to 2023-10-31 --unit 17/150\naudit diff --log SERVER --from 600 --to 887 --json",
         {{"from", Kind::text, true, "The earlier point: a position, or the end of this day"},
          {"to", Kind::text, false, "The later one; the end of the log otherwise"},
          {"unit", Kind::text, false, "Only products of this unit, with everything in it"},
          {"log", Kind::file, false, "A server's or a desk's data directory; this desk's otherwise"}},
         nullptr,
         diff},
        {"audit",
         "verify",
         "Check the whole log: bytes, chains, seals, signatures, verdicts, tree; names the first event that does not hold",
         "audit verify --data DESK --log SERVER\naudit verify SO-GHI.hoso --checkpoint NOTE --json",
         {{"FILE", Kind::file, false, "A bundle of audit export, instead of a data directory; needs no server and no desk"},
          log,
          {"checkpoint", Kind::file, false, "A signed checkpoint that the log must contain"}},
         nullptr,
         verify},
        {"audit",
         "export",
         "The whole log up to its newest checkpoint as one file, which audit verify checks without a server",
         "audit export --data DESK --out SO-GHI.hoso\naudit export --data DESK --out SO-GHI.hoso --force",
         {{"out", Kind::file, true, "Where the bundle goes; not over a file, unless --force"},
          {"log", Kind::file, false, "A desk's data directory; this desk's otherwise"}},
         nullptr,
         export_log},
    };
}

}  // namespace hoso::client::cli
