from mtkit.cli.app import main

main()
