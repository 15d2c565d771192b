#include "client/cli/slip_command.hpp"

#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::uint64_t hours_otherwise = 72;
constexpr std::uint64_t hours_max = 24 * 366;
constexpr Instant hour = 3'600'000'000;

// The file is written first: a slip in the log whose secret is nowhere would be of no use. A page is handed what stands in it.
Result<int> issue_slip(Session& session, const Arguments& arguments) {
    const auto account = find_account(session.registry(), arguments.text("account"));
    if (!account) return account.error();
    const auto unit = session.unit(arguments.text("unit"));
    if (!unit) return unit.error();
    const std::uint64_t hours = arguments.number("hours", hours_otherwise);
    if (hours == 0 || hours > hours_max) return Error{Errc::invalid, "A slip holds from one hour to a year."};
    const std::filesystem::path file = arguments.text("out");
    const bool for_page = file.empty();
    if (!for_page && std::filesystem::exists(file))
        return Error{Errc::exists, "The file " + file.string() + " is there already: name a new one."};
    const SigningKey key = io::new_signing_key();
    const Slip slip{.province = session.desk.identity().province,
                    .slip = io::uuid_v7(session.desk.now()),
                    .secret = key.seed(),
                    .account = *account,
                    .unit = *unit,
                    .expires = session.desk.now() + static_cast<Instant>(hours) * hour};
    const std::string content = to_json(slip);
    const auto written = for_page ? Result<void>{} : io::write_file(file, as_bytes(content), 0600);
    if (!written) return written.error();
    const domain::SlipIssued action{slip.slip, key.public_key(), slip.account, slip.unit, slip.expires};
    json::object ids{
        {"slip", slip.slip.hex()}, {"account", account->hex()}, {"unit", unit->hex()}, {"expires", to_text(slip.expires)}};
    if (!for_page) ids["file"] = file.string();
    if (for_page && !session.globals.dry_run) ids["content"] = content;
    auto done = record(session, action, registry_stream, std::move(ids));
    if (!done && !for_page) {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
    }
    return done;
}

}  // namespace

Verb slip_issue_verb() {
    return {"slip",
            "issue",
            "A one-time slip: whoever holds the file may enrol one desk, or add one officer",
            "slip issue --account \"Cán bộ OCOP Tú Lý\" --unit 17/150/04867 --out SLIP.json\n"
            "slip issue --account ID --unit 17/150 --out SLIP.json --hours 24",
            {{"account", Kind::text, true, "Whose key it adds"},
             {"unit", Kind::text, true, "The desk's unit"},
             {"out", Kind::file, true, "Where the slip goes; give it to that officer only"},
             {"hours", Kind::number, false, "How long it holds; 72 otherwise"}},
            issue_slip};
}

}  // namespace hoso::client::cli
