// Chooses what gatling:enterprisePackage packs: by itself the goal takes all test classes and all
// dependencies of the project, the stub and the self-tests among them.
import groovy.io.FileType
import org.apache.maven.model.Dependency
import org.apache.maven.model.DependencyManagement

if (!session.goals.any { it.endsWith('enterprisePackage') }) {
    return
}

// What the simulations are made of. A test looks into the package, and runs it.
// Settings name a limiter of the stub, which is not packed.
def packed = ~'asyncinfo/(client|config|contract|endpoint|ratelimit|recording|simulation|verdict)/.*|asyncinfo/stub/LimiterOption[.]class|schemas/.*|gatling.conf|logback-test.xml'
def leftOut = ~'.*Test([$].*)?[.]class|asyncinfo/(endpoint/(PacedClient|StubEndpoint)|client/RestAssuredClient)([$].*)?[.]class|schemas/report/.*'
def libraries = [
    'gatling-charts-highcharts', 'json-schema-validator', 'jackson-databind', 'jackson-dataformat-yaml',
    'config', 'commons-configuration2'
]

def classes = new File(project.build.testOutputDirectory)
def chosen = new File(project.build.directory, 'gatling-package')
chosen.deleteDir()
classes.eachFileRecurse(FileType.FILES) { file ->
    def name = classes.toPath().relativize(file.toPath()).toString().replace('\\', '/')
    if (name ==~ packed && !(name ==~ leftOut)) {
        def copy = new File(chosen, name)
        copy.parentFile.mkdirs()
        copy.bytes = file.bytes
    }
}

// The goal forks the build up to here; then it reads the project that it forked, and resolves its dependencies,
// which are to be those that the simulations were tested with.
def tested = new DependencyManagement(dependencies: project.artifacts.collect {
    new Dependency(groupId: it.groupId, artifactId: it.artifactId, version: it.version, type: it.type)
})
session.projectDependencyGraph.sortedProjects.each { original ->
    original.build.testOutputDirectory = chosen.path
    original.dependencies.removeIf { !(it.artifactId in libraries) }
    original.model.dependencyManagement = tested
}
