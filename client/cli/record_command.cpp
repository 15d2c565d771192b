#include "client/cli/record_command.hpp"

#include <fstream>

#include "client/cli/record_lines.hpp"
#include "client/cli/recording.hpp"
#include "shared/base/exit_code.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t batch_lines_max = 2000;  // with --keep-going: made durable together
constexpr std::size_t progress_step = 5000;    // lines read

struct Tally {
    std::uint64_t recorded = 0;
    std::uint64_t refused = 0;
    std::uint64_t wrong = 0;
    std::size_t last_line = 0;  // that was recorded or refused
};

void print(Session& session, const RecordLine& line, const Recorded& recorded, Tally& tally) {
    json::object out{{"line", line.number}};
    for (auto& member : answer(line.proposal, recorded)) out.emplace(member.key(), member.value());
    ++(recorded.recorded ? tally.recorded : tally.refused);
    tally.last_line = line.number;
    session.out.object(std::move(out));
}

Result<void> write(Session& session, const std::vector<RecordLine>& lines, bool keep_going, bool force, Tally& tally) {
    std::vector<Proposal> proposals;
    proposals.reserve(lines.size());
    for (const RecordLine& line : lines) proposals.push_back(line.proposal);
    const RecordOptions options{.force = force, .all_or_nothing = !keep_going};
    const auto done = session.desk.record_many(proposals, telling(session, proposals.size(), options));
    if (!done) return done.error();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if ((*done)[i].recorded || keep_going) {
            print(session, lines[i], (*done)[i], tally);
        } else if ((*done)[i].preview.outcome == domain::Outcome::voided) {
            return Error{Errc::denied, std::string(name((*done)[i].preview.reason)) + ": line " + std::to_string(lines[i].number) +
                                           " would have no effect; nothing of the file was recorded."};
        }
    }
    return {};
}

// Lines that are recorded the same way go together.
Result<void> write_batches(Session& session, std::vector<RecordLine>& lines, Tally& tally) {
    const std::size_t count = lines.size();
    std::size_t written = 0;
    std::vector<RecordLine> batch;
    const auto flush = [&] {
        auto done = write(session, batch, true, session.globals.force || batch.front().force, tally);
        written += batch.size();
        if (done && count > batch_lines_max)
            session.out.progress(session.out.pick("đã ghi đến dòng ", "written up to line ") + std::to_string(tally.last_line) +
                                 ", " + std::to_string(written) + "/" + std::to_string(count));
        batch.clear();
        return done;
    };
    for (RecordLine& line : lines) {
        if (!batch.empty() && (batch.size() == batch_lines_max || batch.front().force != line.force)) {
            if (auto done = flush(); !done) return done;
        }
        batch.push_back(std::move(line));
    }
    return batch.empty() ? Result<void>{} : flush();
}

// What an error of one batch says is not said of those before it, which are durable.
Error after(const Tally& tally, const Error& error) {
    if (tally.last_line == 0) return error;
    return {error.code, "Lines up to " + std::to_string(tally.last_line) + " are done, " + std::to_string(tally.recorded) +
                            " of them recorded; do not repeat those. Of the lines after it: " + error.detail};
}

Result<std::vector<RecordLine>> read_lines(Session& session, RecordLines& reader, std::istream& in, bool keep_going, Tally& tally) {
    std::vector<RecordLine> lines;
    std::string text;
    for (std::size_t number = 1; std::getline(in, text); ++number) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
        if (text.size() > record_line_bytes_max)
            return Error{Errc::limit, "line " + std::to_string(number) + " is longer than 256 KiB"};
        if (lines.size() == record_lines_max) return Error{Errc::limit, "the file has more than a million lines: cut it"};
        auto line = reader.read(number, text);
        if (!line) {
            if (!keep_going) return Error{line.error().code, line.error().detail + ". Nothing of the file was recorded."};
            ++tally.wrong;
            session.out.fail(line.error());
            continue;
        }
        if (line->force && !keep_going && !session.globals.force) {
            return Error{Errc::invalid,
                         "line " + std::to_string(number) + ": force on one line needs --keep-going. Nothing was recorded."};
        }
        lines.push_back(std::move(*line));
        if (lines.size() % progress_step == 0) session.out.progress("read " + std::to_string(lines.size()) + " lines");
    }
    return lines;
}

Result<int> record_file(Session& session, const Arguments& arguments) {
    const auto actor = session.actor();
    if (!actor) return actor.error();
    std::ifstream file;
    const std::string name = arguments.text("FILE");
    if (name != "-") {
        file.open(name);
        if (!file) return Error{Errc::not_found, "The file " + name + " cannot be read."};
        std::error_code failed;
        if (std::filesystem::is_directory(name, failed)) return Error{Errc::invalid, name + " is a folder, not a file of actions."};
    }
    const bool keep_going = arguments.flag("keep-going");
    Tally tally;
    RecordLines reader(session, *actor);
    auto lines = read_lines(session, reader, name == "-" ? session.in : file, keep_going, tally);
    if (!lines) return lines.error();
    const auto written =
        keep_going ? write_batches(session, *lines, tally) : write(session, *lines, false, session.globals.force, tally);
    json::object ids;
    for (const auto& [named, hex] : reader.names()) ids[named] = hex;
    json::object result{{"recorded", tally.recorded},
                        {"refused", tally.refused},
                        {"wrong", tally.wrong},
                        {"last_line", tally.last_line},
                        {"ids", std::move(ids)}};
    if (written || tally.last_line > 0) session.out.object(std::move(result));
    if (!written) return after(tally, written.error());
    return tally.refused + tally.wrong > 0 ? exit_failed_check : exit_ok;
}

}  // namespace

Verb record_verb() {
    return {
        .noun = "record",
        .verb = "",
        .help = "Record actions given as JSON lines; all of the file, or nothing",
        .examples =
            "record ACTIONS.ndjson --as \"Cán bộ OCOP Tú Lý\" --passphrase-file PASS\n"
            "record - --keep-going --json",
        .options = {{"FILE", Kind::file, true, "JSON lines {\"stream\", \"body\", \"as\", \"force\"}, or - for the standard input"},
                    {"keep-going", Kind::flag, false, "Record what can be recorded, and report the rest"}},
        .on_desk = record_file,
        .free = nullptr,
        .reads_input = true};
}

}  // namespace hoso::client::cli
