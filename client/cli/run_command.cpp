#include "client/cli/run_command.hpp"

#include <boost/asio/io_context.hpp>
#include <sstream>

#include "client/cli/session.hpp"
#include "client/daemon.hpp"
#include "shared/base/exit_code.hpp"

namespace hoso::client::cli {
namespace {

Output output_for(const Globals& globals, std::ostream& out, std::ostream& err) {
    Output output{out, err, globals.json, globals.quiet, globals.language};
    output.also_write(globals.csv, globals.xlsx);
    return output;
}

int ended(const Result<int>& done, Output& out) {
    if (!done) return out.fail(done.error());
    const auto written = out.write_files();
    return written ? *done : out.fail(written.error());
}

int run_on_desk(Desk& desk, Link& link, const Command& command, std::istream& in, Output& out, Guest* pages) {
    Session session{.desk = desk, .link = link, .out = out, .in = in, .globals = command.globals, .pages = pages};
    const auto done = command.verb->on_desk(session, command.arguments);
    session.lock_again();
    return ended(done, out);
}

// A running desk has its clock. One that is handed in with a command is as wrong on a real log as it is without the daemon.
Result<void> may_hand_in(const std::string& now, bool training) {
    const auto clock = run::make_clock(now);
    if (!clock) return clock.error();
    return run::may_run(**clock, training);
}

int run_here(const Command& command, run::Clock& clock, std::istream& in, Output& out, const MakeGuest& make_pages) {
    if (command.verb->free) {
        Surroundings surroundings{.out = out, .in = in, .globals = command.globals, .clock = clock, .make_pages = make_pages};
        return ended(command.verb->free(surroundings, command.arguments), out);
    }
    auto desk = Desk::open(command.globals.data, clock, telling(out));
    if (!desk) return out.fail(desk.error());
    out.mark_training((*desk)->identity().training());
    boost::asio::io_context context{1};
    Link link(**desk, context);
    return run_on_desk(**desk, link, command, in, out, nullptr);
}

bool needs_folder(const Command& command) {
    const std::string_view noun = command.verb->noun;
    const bool reads_one_file = command.arguments.has("log") || (command.verb->free && command.arguments.has("FILE"));
    return noun != "version" && noun != "limits" && !reads_one_file;
}

// Libraries may throw where we did not foresee it: the command ends, and what was recorded stays recorded.
template <typename Run>
int guarded(Output& out, const Run& run) {
    try {
        return run();
    } catch (const std::exception& fault) {
        return out.fail({Errc::internal, std::string("the command stopped: ") + fault.what()});
    }
}

}  // namespace

int run_command(Desk& desk, Link& link, const std::vector<std::string>& args, std::istream& in, std::ostream& out,
                std::ostream& err, Guest* pages) {
    const auto parsed = parse(args, out, err);
    if (const int* code = std::get_if<int>(&parsed)) return *code;
    const auto& command = std::get<Command>(parsed);
    Output output = output_for(command.globals, out, err);
    output.mark_training(desk.identity().training());
    if (!command.verb->on_desk) return output.fail({Errc::invalid, "This command does not go through a running desk."});
    if (const auto allowed = may_hand_in(command.globals.now, desk.identity().training()); !allowed)
        return output.fail(allowed.error());
    return guarded(output, [&] { return run_on_desk(desk, link, command, in, output, pages); });
}

int run_for_pages(Desk& desk, Link& link, const Command& command, const MayAct& may_act, const PastStates::Look* past,
                  Listener& listener, bool& officer_missing) {
    std::ostringstream nowhere;
    Output out{nowhere, nowhere, true, true, command.globals.language};
    out.tell(listener);
    out.mark_training(desk.identity().training());
    return guarded(out, [&]() -> int {
        std::istringstream nothing;
        if (command.verb->free) {
            const MakeGuest none;
            Surroundings surroundings{
                .out = out, .in = nothing, .globals = command.globals, .clock = desk.clock(), .make_pages = none};
            return ended(command.verb->free(surroundings, command.arguments), out);
        }
        Session session{
            .desk = desk, .link = link, .out = out, .in = nothing, .globals = command.globals, .may_act = &may_act, .past = past};
        const auto done = command.verb->on_desk(session, command.arguments);
        officer_missing = session.officer_missing;
        return ended(done, out);
    });
}

int run_program(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err,
                const MakeGuest& make_pages) {
    const auto parsed = parse(args, out, err);
    if (const int* code = std::get_if<int>(&parsed)) return *code;
    const auto& command = std::get<Command>(parsed);
    Output output = output_for(command.globals, out, err);
    return guarded(output, [&]() -> int {
        if (needs_folder(command) && command.globals.data.empty()) {
            return output.fail({Errc::invalid, "Name the desk's folder with --data FOLDER, or in HOSO_DATA."});
        }
        const bool with_input = command.verb->reads_input && command.arguments.text("FILE") == "-";
        int code = exit_ok;
        if (command.verb->on_desk && forward_if_running(command.globals.data, to_args(command), with_input, in, out, err, code))
            return code;
        const auto clock = run::make_clock(command.globals.now);
        if (!clock) return output.fail(clock.error());
        return run_here(command, **clock, in, output, make_pages);
    });
}

}  // namespace hoso::client::cli
