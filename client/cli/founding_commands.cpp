#include "client/cli/founding_commands.hpp"

#include <boost/asio/io_context.hpp>

#include "client/cli/recording.hpp"
#include "client/cli/run_command.hpp"
#include "client/daemon.hpp"
#include "client/views/parts.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t file_bytes_max = 1 << 20;
constexpr int enrol_seconds = 60;
constexpr std::uint64_t enrol_seconds_max = 24 * 3600;

Result<Slip> read_slip(const std::string& file) {
    const auto text = read_text(file, file_bytes_max);
    if (!text) return text.error();
    return slip_from_json(*text);
}

Result<int> make_founder_desk(Surroundings& surroundings, const Arguments& arguments) {
    const auto passphrase = read_passphrase(surroundings.globals.passphrase_file);
    if (!passphrase) return passphrase.error();
    const auto work = arguments.flag("training") ? io::Work::training : io::Work::full;
    surroundings.out.mark_training(arguments.flag("training"));
    const auto card = make_founder(surroundings.globals.data, arguments.text("title"), *passphrase, work, surroundings.clock.now());
    if (!card) return card.error();
    if (const auto written = io::write_file(arguments.text("out"), as_bytes(to_json(*card)), 0644); !written)
        return written.error();
    surroundings.out.object({{"account", card->account.hex()},
                             {"device", card->device.hex()},
                             {"title", card->title},
                             {"card", arguments.text("out")}});
    return 0;
}

Result<int> join(Surroundings& surroundings, const Arguments& arguments) {
    const auto text = read_text(arguments.text("file"), file_bytes_max);
    if (!text) return text.error();
    auto province = province_from_json(*text);
    if (!province) return province.error();
    if (arguments.has("address")) province->address = arguments.text("address");
    surroundings.out.mark_training(province->training);
    if (const auto joined = join_as_founder(surroundings.globals.data, *province); !joined) return joined.error();
    surroundings.out.object({{"joined", province->origin}, {"log", province->log.hex()}, {"address", province->address}});
    return 0;
}

Result<int> enrol(Surroundings& surroundings, const Arguments& arguments) {
    auto slip = read_slip(arguments.text("slip"));
    if (!slip) return slip.error();
    const auto seconds = arguments.number_up_to("wait", enrol_seconds_max, enrol_seconds);
    if (!seconds) return seconds.error();
    if (arguments.has("address")) slip->province.address = arguments.text("address");
    const auto passphrase = read_passphrase(surroundings.globals.passphrase_file);
    if (!passphrase) return passphrase.error();
    surroundings.out.mark_training(slip->province.training);
    auto desk = prepare_enrolment(surroundings.globals.data, *slip, *passphrase, surroundings.clock);
    if (!desk) return desk.error();
    boost::asio::io_context context{1};
    Link link(**desk, context);
    if (const auto done = link.enrol(static_cast<int>(*seconds)); !done) return done.error();
    const Identity& self = (*desk)->identity();
    surroundings.out.object(
        {{"device", self.device.hex()}, {"account", self.account.hex()}, {"unit", views::id(self.unit)}, {"enrolled", true}});
    return 0;
}

Result<int> run(Surroundings& surroundings, const Arguments& arguments) {
    auto desk = Desk::open(surroundings.globals.data, surroundings.clock, telling(surroundings.out));
    if (!desk) return desk.error();
    surroundings.out.mark_training((*desk)->identity().training());
    const auto port = arguments.number_as<std::uint16_t>("port");
    if (!port) return port.error();
    boost::asio::io_context context{1};
    Guest* pages = nullptr;
    const RunCommand command = [&](Desk& held, Link& link, const std::vector<std::string>& args, std::istream& in,
                                   std::ostream& out,
                                   std::ostream& err) { return run_command(held, link, args, in, out, err, pages); };
    const auto guest = [&](Link& link) {
        auto made = surroundings.make_pages(**desk, link, context, {*port, arguments.text("office"), arguments.text("lookup")});
        if (made) pages = made->get();
        return made;
    };
    const auto say = [&](const std::string& line) { surroundings.out.say(line); };
    const auto done =
        surroundings.make_pages ? run_daemon(**desk, context, command, say, guest) : run_daemon(**desk, context, command, say);
    if (!done) return done.error();
    return 0;
}

Result<int> stop(Surroundings& surroundings, const Arguments&) {
    if (const auto done = stop_daemon(surroundings.globals.data); !done) return done.error();
    surroundings.out.object({{"stopped", true}});
    return 0;
}

Result<int> add_officer(Session& session, const Arguments& arguments) {
    const auto slip = read_slip(arguments.text("slip"));
    if (!slip) return slip.error();
    const auto passphrase = read_passphrase(session.globals.passphrase_file);
    if (!passphrase) return passphrase.error();
    const auto recorded = session.desk.add_officer(*slip, *passphrase);
    if (!recorded) return recorded.error();
    session.out.object({{"account", slip->account.hex()},
                        {"action", recorded->id.hex()},
                        {"seq", recorded->seq},
                        {"recorded", recorded->recorded},
                        {"preview", views::verdict(recorded->preview)}});
    return 0;
}

}  // namespace

std::vector<Verb> founding_verbs() {
    return {
        {"founder",
         "new",
         "Keys and card of a founding officer, for hoso-server init",
         "founder new --data DESK --title \"Giám đốc Sở NN&PTNT\" --passphrase-file PASS --out CARD.json\n"
         "founder new --data DESK --title Admin --training --passphrase-file PASS --out CARD.json",
         {{"title", Kind::text, true, "The post; never a person's name"},
          {"out", Kind::file, true, "Where the card goes"},
          {"training", Kind::flag, false, "For a practice log: a passphrase that is quick to check"}},
         nullptr,
         make_founder_desk},
        {"join",
         "",
         "Join the log that hoso-server init made with this founder's card",
         "join --data DESK --file JOIN.json\njoin --data DESK --file JOIN.json --address 192.0.2.1:8443",
         {{"file", Kind::file, true, "The join file"},
          {"address", Kind::text, false, "Where the server is, if not where the file says"}},
         nullptr,
         join},
        {"enrol",
         "",
         "Make a desk with a slip from the province: once, with the network",
         "enrol --data DESK --slip SLIP.json --passphrase-file PASS\nenrol --data DESK --slip SLIP.json --passphrase-file PASS "
         "--wait 10",
         {{"slip", Kind::file, true, "The one-time slip"},
          {"address", Kind::text, false, "Where the server is, if not where the slip says"},
          {"wait", Kind::number, false, "Seconds to try; 60 otherwise"}},
         nullptr,
         enrol},
        {"officer",
         "add",
         "Another officer's key on this desk, by a slip",
         "officer add --slip SLIP.json --passphrase-file PASS\nofficer add --slip SLIP.json --passphrase-file PASS --json",
         {{"slip", Kind::file, true, "The one-time slip"}},
         add_officer},
        {"run",
         "",
         "Hold this desk, stay connected and serve its pages until stopped",
         "run --data DESK\nrun --data DESK --port 8621 --office 192.168.1.10:8643 --lookup 203.0.113.7:443",
         {{"port", Kind::number, false, "Of the pages on 127.0.0.1; 8620 otherwise, or any if that is in use"},
          {"office", Kind::text, false, "Serve them also at this HOST:PORT of the office's network, with TLS; officers sign in"},
          {"lookup", Kind::text, false, "Serve anyone the state of a certificate, and nothing else, at this HOST:PORT with TLS"}},
         nullptr,
         run},
        {"stop", "", "End the running desk", "stop --data DESK\nstop --data DESK --json", {}, nullptr, stop},
    };
}

}  // namespace hoso::client::cli
