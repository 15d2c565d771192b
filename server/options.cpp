#include "server/options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "shared/base/exit_code.hpp"

namespace hoso::server {
namespace {

void add_init(CLI::App& app, InitCommand& init) {
    app.footer(
        "Examples:\n"
        "  hoso-server init --data /var/lib/hoso --origin hoso.example/hoa-binh --title 'Tỉnh Hòa Bình' \\\n"
        "      --founder a.json --founder b.json --founder c.json --address server.example:7443 --join join.json\n"
        "  hoso-server init --data practice --training --now 2023-03-20 --origin hoso.example/practice --title Practice \\\n"
        "      --founder a.json --founder b.json --founder c.json --address 127.0.0.1:7443 --join join.json");
    app.add_option("--data", init.data, "Folder of the province: missing or empty")->required()->envname("HOSO_DATA");
    app.add_option("--origin", init.origin, "Name of the log for ever, for example hoso.example/hoa-binh")->required();
    app.add_option("--title", init.title, "Name of the province, for people")->required();
    app.add_option("--founder", init.cards, "Card of a founding officer, from 'hoso founder new'; three times")
        ->required()
        ->take_all();
    app.add_option("--join", init.join, "File to write for the founders' desks")->required();
    app.add_option("--address", init.address, "HOST:PORT where desks will reach the server")->required();
    app.add_option("--recovery", init.recovery_file, "File with the public recovery key in hex; without it a pair is made");
    app.add_flag("--training", init.training, "A log for practice, for ever marked as such");
    app.add_option("--now", init.now, "Clock of a training log: TIME or @FILE")->envname("HOSO_NOW");
}

void add_run(CLI::App& app, RunCommand& run) {
    app.footer(
        "Examples:\n  hoso-server run --data /var/lib/hoso\n  hoso-server run --data practice --listen 127.0.0.1:0 --now "
        "@clock.txt");
    const auto setting = [&app, &run](const std::string& flag, const std::string& name, const std::string& help) {
        app.add_option_function<std::string>(
            flag, [&run, name](const std::string& value) { run.flags[name] = value; }, help);
    };
    setting("--data", "data", "Folder of the province");
    setting("--listen", "listen", "HOST:PORT; port 0 lets the system choose. Default 0.0.0.0:7443");
    setting("--now", "now", "Clock of a training log: TIME or @FILE");
    setting("--threads", "threads", "Threads that talk to desks. Default 1");
    setting("--disk-reserve", "disk_reserve",
            "Bytes left free on the disk. Default auto: 1 GiB, or 5 % of the disk if that is more");
    setting("--handshakes-per-minute", "handshakes_per_minute", "Of one host. Default 20");
    setting("--group-pushes", "group_pushes", "Pushes of one sync to disk, at most. Default 16");
    setting("--device-bytes-per-day", "device_bytes_per_day", "Of events of one device; 0 for no limit. Default 50000000");
    setting("--device-file-bytes-per-day", "device_file_bytes_per_day",
            "Of files of one device; 0 for no limit. Default 4000000000");
    app.add_option(
        "--accept-head", run.accept_head,
        "Leaf hash of the log's last event, in hex: opens a log whose watermark is lost, once, because you know from a desk "
        "or a checkpoint that nothing is missing");
    app.add_option("--config", run.settings_file, "TOML file of the same settings")->envname("HOSO_CONFIG");
}

}  // namespace

Command parse(int argc, char** argv) {
    CLI::App app{"The log of a province: keeps what desks send, judges it, and lets them follow.", "hoso-server"};
    app.set_version_flag("--version", HOSO_VERSION);
    bool limits = false;
    app.add_flag("--limits", limits, "Print every limit and end");
    app.require_subcommand(0, 1);
    InitCommand init;
    RunCommand run;
    InfoCommand info;
    CLI::App* init_app = app.add_subcommand("init", "Found a province: keys, certificate, database, genesis, join file");
    CLI::App* run_app = app.add_subcommand("run", "Serve the province until SIGTERM");
    CLI::App* info_app = app.add_subcommand("info", "Size, root and state hash of the log; reads only");
    add_init(*init_app, init);
    add_run(*run_app, run);
    info_app->footer("Examples:\n  hoso-server info --data /var/lib/hoso\n  hoso-server info --data /var/lib/hoso --json");
    info_app->add_option("--data", info.data, "Folder of the province")->required()->envname("HOSO_DATA");
    info_app->add_flag("--json", info.json, "One JSON object");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& stopped) {
        return Told{app.exit(stopped) == 0 ? exit_ok : exit_usage};
    }
    if (limits) {
        std::cout << table_of(Limits{});
        return Told{exit_ok};
    }
    if (init_app->parsed()) return init;
    if (run_app->parsed()) return run;
    if (info_app->parsed()) return info;
    std::cerr << app.help();
    return Told{exit_usage};
}

}  // namespace hoso::server
